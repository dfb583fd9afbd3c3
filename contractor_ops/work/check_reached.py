"""What to do about a provider that cannot be used, by what went wrong: nobody answers, or somebody does and refuses."""

_SERVERS = {
    "smtp": ("email", 'mostly 587, or 465 with security = "tls"', "SMTP_PASSWORD"),
    "imap": ("inbox", "mostly 993", "IMAP_PASSWORD"),
}
"""Where a mail server's host and port stand in config.toml, which ports are usual, and its secret."""
_SECRETS = {"twilio": "TWILIO_AUTH_TOKEN", "sendgrid": "SENDGRID_API_KEY"}
_SILENT = ("cannot be reached", "did not answer", "cannot be found", "ended the connection")
_REFUSED = ("refuses the user", "refused the log-in", "asks for a user")
_SAYS_ITSELF = ("set security", "try another security", "give it", "right?")


def remedy_of(reason: str, kind: str, provider: str) -> str:
    """A line with what to look at; `kind` is what `check` tells it about, `reason` the channel's or mailbox's own sentence."""
    part, ports, password = _SERVERS.get(provider, (kind, "", _SECRETS.get(provider, "")))
    if any(words in reason for words in _SAYS_ITSELF):
        return ""
    if any(words in reason for words in _SILENT):
        return _nobody_there(part, ports)
    if password and any(words in reason for words in _REFUSED):
        return f"See what stands under [{part}] in config.toml, and set the secret once more: contractor-ops secret {password}"
    return f"See what stands under [{part}] in config.toml; contractor-ops check asks again."


def _nobody_there(part: str, ports: str) -> str:
    if not ports:
        return "Is there an internet connection on this machine? Else try again in a few minutes."
    return f"Are host and port under [{part}] in config.toml right (the port is {ports})? Is there an internet connection? Does a firewall stop it?"
