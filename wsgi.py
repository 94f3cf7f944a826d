"""The application object for any WSGI server: `granian --interface wsgi wsgi:app`."""

from whitenoise import WhiteNoise

from app import create_app
from config import ROOT

app = create_app()
# Static files never reach Flask; their addresses carry a hash, so they may be kept for good.
app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's documented way
    app.wsgi_app, root=str(ROOT / "app" / "static"), prefix="static/", max_age=31536000
)
