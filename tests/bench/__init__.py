"""`make bench`: our pages beside a ceiling, in turn, in the same run."""
