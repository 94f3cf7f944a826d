"""The servers that other tests stand on are real ones."""

import os
import shutil
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests import servers


@pytest.mark.postgres
def test_a_database_is_made_anew_on_a_recent_server():
    for _ in range(2):
        engine = create_engine(servers.create_database("servers_anew"))
        with engine.begin() as connection:
            version = connection.scalar(text("SHOW server_version_num"))
            assert int(version) >= servers.OLDEST * 10_000
            assert connection.scalar(text("SHOW server_encoding")) == "UTF8"
            connection.execute(text("CREATE TABLE once (id int)"))
        engine.dispose()


@pytest.mark.postgres
def test_a_copy_holds_what_its_model_held():
    model = create_engine(servers.create_database("servers_model"))
    with model.begin() as connection:
        connection.execute(text("CREATE TABLE kept AS SELECT 7 AS seven"))
    model.dispose()
    copy = create_engine(servers.create_database("servers_copy", like="servers_model"))
    with copy.begin() as connection:
        assert connection.scalar(text("SELECT seven FROM kept")) == 7
    copy.dispose()


@pytest.mark.postgres
@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="not our own server")
def test_our_own_server_is_reached_by_its_socket_only():
    folder = make_url(servers.postgres_server()).query["host"]
    assert Path(str(folder)).is_dir()
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.postgres
@pytest.mark.parametrize("end", ["normally", "killed"])
def test_no_server_outlives_its_test_run(end):
    program = (
        "import os, sys, time\n"
        "from tests import servers\n"
        "print(servers.postgres_server(), flush=True)\n"
        "time.sleep(60) if sys.argv[1] == 'killed' else None\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != "TEST_DATABASE_URL"}
    run = subprocess.Popen(
        [sys.executable, "-c", program, end], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert run.stdout is not None
    address = run.stdout.readline().strip().replace("+psycopg", "")
    if end == "killed":
        run.kill()
    run.wait()
    run.stdout.close()
    for _ in range(100):
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the server still answers")
    shutil.rmtree(str(make_url(address).query["host"]), ignore_errors=True)


def test_the_mail_server_keeps_every_mail():
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Grüße – مرحبا"
    mail.set_content("Straße\n")
    with servers.smtp_server() as server:
        with smtplib.SMTP("127.0.0.1", server.port) as client:
            client.send_message(mail)
        assert [m["Subject"] for m in server.mails] == ["Grüße – مرحبا"]
        assert server.mails[0].get_content().strip() == "Straße"
        assert server.recipients == [["b@example.org"]]


def test_the_mail_server_refuses_on_request():
    with servers.smtp_server() as server:
        server.refuse = "451 Later, please"
        with smtplib.SMTP("127.0.0.1", server.port) as client, pytest.raises(smtplib.SMTPDataError):
            client.sendmail("a@example.org", ["b@example.org"], "Subject: x\n\nx")
        assert server.mails == []
