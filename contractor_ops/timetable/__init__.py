"""When the office's jobs run, and how cron, systemd, Windows and macOS are told. Pure."""
