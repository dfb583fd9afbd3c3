"""Whether what is sent to a host stays on this machine."""

from ipaddress import ip_address


def is_this_machine(host: str) -> bool:
    """Whether a host's name or address can only be this machine's."""
    host = host.lower().rstrip(".")
    try:
        return host == "localhost" or ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False
