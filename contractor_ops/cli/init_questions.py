"""Ask what no spreadsheet tells: the office, its people, who gets what, and how messages leave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import Check, asked, sure
from contractor_ops.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from contractor_ops.recipe import Recipe
    from contractor_ops.work.init_answers import Answers
    from contractor_ops.work.init_sending import Sending


def asked_about_the_office(guess: "Answers") -> "Answers":
    """Name, time zone, people, telephone and address. Enter skips what is not known yet."""
    from contractor_ops.work.init_answers import email_meant, phone_meant

    say_wrapped("\nNow what no sheet can tell. Enter skips a question; config.toml can be filled in later.")
    name = asked("Your office's name, as customers know it", default=guess.name)
    zone = _zone(guess)
    owner = asked("The owner's name", default=guess.owner)
    owner_email, owner_phone = asked("  their e-mail", email_meant), _mobile()
    manager = asked("Who looks after the office", default=guess.manager if owner == guess.owner else owner)
    alone = manager.casefold() == owner.casefold()
    email = owner_email if alone else asked("  their e-mail", email_meant)
    mobile = owner_phone if alone else _mobile()
    phone = asked("The office's telephone, for your messages", phone_meant)
    postal, sender = _postal_address(), _sender(email or owner_email)
    return replace(
        guess, name=name, timezone=zone, owner=owner, manager=manager, owner_email=owner_email, owner_phone=owner_phone,
        manager_email=email, manager_phone=mobile, phone=phone, postal_address=postal, sender=sender,
    )  # fmt: skip


def _mobile() -> str:
    """Somebody's mobile; a number that takes no texts is asked about."""
    from contractor_ops.work.init_reach import mobile_meant, why_no_texts

    while True:
        number = asked("  their mobile", mobile_meant)
        why = why_no_texts(number)
        if not why or sure(f"{why}. Keep it", default=False):
            return number


def _postal_address() -> str:
    """The office's postal address; one that seems to lack something is asked for once more."""
    from contractor_ops.work.init_reach import missing_in_address

    address = asked("Its postal address, which the law wants under e-mails")
    if lacks := missing_in_address(address):
        say_wrapped(f"Missing, it seems: {lacks}. A whole one is like: 12 Example St, Chicago, IL 60601")
        address = asked("Its postal address once more; Enter keeps it as it is", default=address)
    return address


def _sender(known: str) -> str:
    """The address that customers see and answer to; asked only where somebody's is known."""
    from contractor_ops.work.init_answers import email_meant

    return asked("The address that e-mails come from, and answers go to", email_meant, default=known) if known else ""


def _zone(guess: "Answers") -> str:
    """A time zone. Where what was typed is none, one at home is offered: Enter takes none but the one that was shown before."""
    from contractor_ops.work.init_answers import zone_meant
    from contractor_ops.work.init_zone import home_zones, nearest_zone

    say_wrapped(f"Time zone: {guess.zone} is guessed from {guess.guessed.source}.")
    while True:
        typed = asked("Your time zone", default=guess.zone)
        if found := zone_meant(typed):
            if found != typed:
                say(f"  {found}")
            return found
        near = nearest_zone(typed, guess.zone)
        if sure(f'"{typed}" is no time zone. Is it {near}', default=near == guess.zone):
            return near
        say_wrapped(f'Write one of these, "Central", or the state behind the town: {", ".join(home_zones(guess.zone))}.')


def asked_who_gets(recipes: Sequence["Recipe"], answers: "Answers") -> Mapping[str, str]:
    """Who gets what the recipes put before a person; only those that change."""
    if not recipes or answers.owner in {answers.manager, type(answers)().owner}:
        return {}
    names = {"owner": answers.owner, "office": answers.manager}
    say_wrapped("\nThese recipes fit your sheets. What is not routine goes to the person behind each:")
    for number, recipe in enumerate(recipes, 1):
        say(f"  {number:>3}  {recipe.name:<24}{names[recipe.owner]}")

    def check(typed: str) -> tuple[str, str]:
        numbers = typed.replace(",", " ").replace("and", " ").split()
        if all(number.isdecimal() and 1 <= int(number) <= len(recipes) for number in numbers):
            return " ".join(numbers), ""
        return "", f"Type numbers from 1 to {len(recipes)}, such as: 1 3"

    typed = asked(f"Which of them go to {answers.owner}? Numbers, or Enter for none", check)
    return {recipes[int(number) - 1].name: "owner" for number in typed.split()}


def asked_how_to_send(answers: "Answers") -> "list[Sending]":
    """The ways out that the person wants set up now, with their secrets as far as they are at hand."""
    say_wrapped("\nUntil you say otherwise, messages become files in outbox/, and nothing leaves.")
    if not sure("Set up now how texts or e-mails leave for real", default=False):
        return []
    ways = []
    if sure("Texts through Twilio", default=False):
        ways.append(_twilio(answers))
    if sure("E-mail", default=False):
        ways.append(_email(answers))
    return [_with_secrets(way) for way in ways]


def _twilio(answers: "Answers") -> "Sending":
    from contractor_ops.work.init_answers import phone_meant
    from contractor_ops.work.init_sending import twilio

    return twilio(asked("Your Twilio number", _must(phone_meant), default=answers.phone))


def _email(answers: "Answers") -> "Sending":
    from contractor_ops.work.init_answers import email_meant
    from contractor_ops.work.init_sending import sender, sendgrid, smtp

    address = asked("The address that e-mails come from", _must(email_meant), default=answers.sender)
    if sure("Do they leave through SendGrid (else your own mail server)", default=False):
        return sendgrid(sender(answers.name, address))
    host = asked("Your mail server, as your mail provider calls it", default=f"mail.{address.partition('@')[2]}")
    return smtp(sender(answers.name, address), host, asked("The user to log in as", default=address))


def _must(check: Check) -> Check:
    def meant(typed: str) -> tuple[str, str]:
        value, wrong = check(typed)
        return value, wrong or ("" if value else "This is needed; Ctrl-C ends everything, and nothing is written.")

    return meant


def _with_secrets(way: "Sending") -> "Sending":
    from contractor_ops.work.init_sending import secret_meant
    from contractor_ops.work.keep_secret import about

    typed = {}
    for name in way.secrets:
        say_wrapped(f"{name}: {about(name)}. It is not shown while you type or paste it.")
        typed[name] = asked("  The secret, or Enter for later", secret_meant(name), hidden=True)
    return replace(way, secrets=typed)
