"""Plain answers, questions and anger, and what machines write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.inbox.triage import classify

YES = """
yes
Yes.
YES!
Y
yep
Yeah
yup
sure
Sure thing
ok
Okay
OK!
K
yes please
Yes, please
Yes thank you
Yes sir
yes that works
Yes, go ahead
Yes, please go ahead and schedule it for Tuesday
Yes I approve the estimate
Yes we'll be home
sounds good
Sounds good, thanks!
Sounds great to me
that works
That works for me
Tuesday works
Works for us
let's do it
Let's do this!
Lets go ahead
go ahead
Please go ahead with the repair
please proceed
approved
Approved, thank you
Confirmed
I confirm the appointment
we accept the quote
The estimate looks good
I'd like to move forward
We would like to proceed with the estimate
we're ready to move forward
You're hired
Hi Dana, yes please
Hello, yes that is fine
absolutely
of course
Perfect, see you then
See you tomorrow
will do
👍
👍🏼
Ok 👍
Liked “Hi Ann, any questions about the estimate? Reply STOP to opt out.”
👍 to “See you tomorrow at 9”
sí
Si
Sí, por favor
si gracias
Claro que sí
De acuerdo
está bien
Perfecto, gracias
adelante
Acepto el presupuesto
Confirmo la cita
me parece bien
Yes go ahead with the work
yes that's fine thanks
Yes I can be there at 9
yes, Tuesday at 3 is good
Yes we will take it
Yep that works
ok do it
Okay, see you then
ok thanks
sure, go ahead
that's fine
that is fine with me
Thats great
Im in
Count me in
good to go
Looks good. Please schedule.
Everything looks good, please move forward
We accept your proposal
I accept
I approve
i approve the change order
Approved!
ok to proceed
You can start
please schedule me
book it
lock it in
let's go with the estimate
I want to go ahead
We're happy to proceed
I'd like to accept the estimate
10am works
Thursday morning is perfect
Yes, I'm still interested
still interested, yes
y
yessir
Yes!!! 😊
👍👍
✅
👌
confirm
C u then
si, adelante
claro
ok perfecto
Sí, está bien a las 3
aprobado
dale
approve
We'll be there
I'll be home
We will be home, thanks
Yes, we'll be home
ok we'll be there
Great, see you Friday at 9
Tuesday at 10 works for me
Yes, I'll be there at 5
Sounds good, I'll be home
We'll take it
Friday works
Ok great, we will be ready
yes let's do it
""".strip().splitlines()

NO = """
no
No.
NO
nope
Nah
No thanks
no thank you
No thanks!
no thx
No, thank you very much
No, we went with someone else
we decided to go with another company
Went with a different contractor
We hired someone else already
Sorry, we chose another bid
not interested
Not interested, thanks
I'm not interested
We are no longer interested
No longer needed
We don't need it anymore
I don't need the service
not at this time
Not right now
Not at this time thank you
maybe later
We'll pass
I'll pass on this
we decided against it
We decided not to do it
changed my mind
We changed our minds
already found someone
I already hired somebody
can't afford it right now
It's out of our price range
never mind
No, sorry
👎
no gracias
No, gracias
no me interesa
No estamos interesados
ya no lo necesito
Ya contratamos a otro
por ahora no
No, not interested
no I'm good
No I don't need it
No we are all set
we're all set
I'm all set, thanks
Nope, all good
nah we good
No, don't need it anymore
No, too expensive
too expensive
It's too expensive for us
we got a better price
We found a cheaper option
going with another bid
went another direction
We are going in a different direction
We've decided to hold off
We'll hold off for now
not this year
not now
Not now, thanks
No longer interested
I am not interested in your services
no need
no need, thanks
we don't need you
We did it ourselves
My brother fixed it
already taken care of
It's already fixed, thanks
I'll pass, thank you
pass
thanks but no thanks
Thank you but we chose another company
sorry we went with someone cheaper
Unfortunately we have to decline
I decline
No gracias, ya no
no, gracias
ya no estamos interesados
ya encontramos a alguien más
es muy caro
no por ahora
deny
No thank you / not interested
""".strip().splitlines()

QUESTION = """
What time are you coming?
how much is it
How much for the second unit
when can you come out
Can you come on Friday instead
could you resend the invoice
Would you be able to start sooner
Is the permit included
Does the price include tax?
do you take credit cards
Do I need to be home
yes but can you do it cheaper?
Yes, what time?
Ok, how long will it take
No, but can you look at the other unit?
who is this?
Who is coming tomorrow
where do I send the check
Why is it so high
I have a question about the estimate
Quick question on the warranty
Let me know when you can start
let me know if Tuesday works
please let me know how much
I was wondering if you do gutters
Need to know if the part came in
I don't understand how the deposit works
I'm not sure what the second line means
any update on my job
Hi Dana, is there a payment plan
Thanks! What's the address?
are you licensed
Hi, do you service Oak Park
?
¿Cuánto cuesta?
cuanto cuesta el boiler
¿A qué hora vienen?
a que hora llegan
pueden venir el viernes
Cuándo pueden empezar
tengo una pregunta sobre el estimado
Quisiera saber si aceptan tarjeta
yes, but can you come earlier?
Yes. What is the total?
are you coming today
is someone coming
what's the status of my job
when will the part arrive
Hello can I get the invoice again
hi could I move to Friday
can we reschedule
Could we do Wednesday
do you have anything sooner
I'd like to know the price
please tell me how much I owe
how do i pay
can i pay by card
Can somebody call me
would like to know when you're coming
Do you also do gutters
any discount for cash
Which day
What does line 3 mean
Need more info on option 2
can you explain the charges
What's included
Have you ordered the part yet
Did you get my check
will you take $500
wondering when you'll be here
me pueden llamar
me puede mandar la factura
cuanto debo
qué incluye
dónde pago
como puedo pagar
Is this an automated response?
""".strip().splitlines()

COMPLAINT = """
This is unacceptable
I'm very unhappy with the work
I am really upset about this
terrible service
Horrible work, never using you again
Poor workmanship
your technician was rude
Very unprofessional
I want a refund
I want my money back
You will hear from my lawyer
I'll see you in small claims
I'm filing a complaint with the BBB
I am disputing this charge
I dispute this invoice
the amount is wrong
The invoice is not correct, the amount is wrong
You overcharged me
You charged me twice
I'm not paying for this
I won't pay until it is fixed
not what we agreed
I already paid this
It is still broken after you were here
still leaking after you fixed it
It's still not working
the furnace is not working again
Your guys left a mess in my yard
You damaged my driveway
You never showed up
nobody showed up today
no one called me back
I waited all day
What a ripoff
you people are a bunch of crooks
This company is a joke
I'm so disappointed
Not happy with the paint job
I want to speak to the manager
worst company ever
Why was I charged twice? This is unacceptable
When is someone coming? It's still leaking
pésimo servicio
Estoy muy molesto con el trabajo
Quiero mi dinero de vuelta
voy a llamar a mi abogado
nadie vino hoy
sigue goteando
me cobraron de más
ya pagué esa factura
You guys did a terrible job
Worst service ever
the work is sloppy
the paint is already peeling, very disappointed
I am not satisfied
we are not happy
I'm furious
Your guy was an hour late and rude
this is ridiculous
absolutely ridiculous
you ripped me off
I feel ripped off
give me my money back
refund me now
I'm going to sue you
my attorney will contact you
I will leave a bad review
Reporting you to the BBB
that charge is wrong
The bill is wrong
your invoice is wrong
I don't owe that
I do not owe this amount
this is not what I was quoted
you quoted me 500 and billed 900
why am I being charged again
still no heat after your guy left
It broke again
same problem again
the leak is back
It's leaking again
your repair didn't work
You didn't fix it
no one showed up
nobody came
technician never showed
we waited all day for nothing
third time I'm asking
third time calling
I've called 5 times
your crew damaged my fence
you broke my window
they left nails in the driveway
I'm pissed
wtf
this is bullshit
you suck
I paid this already
already paid
qué mal servicio
muy mal trabajo
estoy enojado
quiero un reembolso
no me arreglaron nada
no quedó bien
la factura está mal
Nobody returns my calls
I've been trying to reach someone for a week
The work was not done right
You broke my gate
Your crew left cigarette butts all over my lawn
Still waiting for a call back
The tech was two hours late and never called
I paid for a new unit and it already quit
This is the second time you canceled on me
Whoever did this job didn't know what they were doing
I want someone to come back and redo this
You scratched my new floor
The new roof is leaking already
You guys said you would be here yesterday
This bill is way higher than what you told me
I left three messages and no one ever called
Very disappointed with how this was handled
Your driver ran over my sprinkler
Nadie me regresa la llamada
El trabajo quedó mal hecho
No one ever calls back
I've called three times and left messages
my calls go unanswered
you guys keep ignoring me
Never heard back from you
your guy was 2 hours late
the crew left nails everywhere
You still haven't fixed it
not installed properly
The sink was not put back right
your installer dented my siding
it was just fixed and it's leaking again
I've been waiting for you to call for two weeks
You rescheduled on me again
he didn't know what he was doing
no me han contestado
me rompieron la puerta
dejaron todo sucio
llevo dos semanas esperando
nadie contesta el teléfono
no one has gotten back to me
I've emailed twice and no one responds
your workers left the gate open and my dog got out
it was never finished properly
you said someone would be here by now and nobody is
the same leak came back
your plumber tracked mud all over my carpet
I've been calling all week
nobody ever showed
the ceiling you patched is cracking
Nunca me devolvieron la llamada
Hicieron un mal trabajo
""".strip().splitlines()

NO_COMPLAINT = """
Running ten minutes late
I'll be an hour late
nobody is home until noon
Still waiting on the insurance adjuster
We want to redo the kitchen
the roof needs to be redone
I don't know what I'm doing with this thermostat lol
I promised my wife we'd wait
we had the roof fixed last year
Nobody told my husband, I'll ask him
our new house is leaking, can you quote
the old furnace quit already
when are you coming to finish?
my neighbor broke my fence
You left your ladder here
I never heard of your company
it's not working, can you come look
""".strip().splitlines()

AUTO_REPLY = """
Automatic reply: I am out of the office until Monday, November 30.
I am out of the office until November 30 and will answer when I return.
I'm currently out of the office with limited access to email.
Out of office: back on Monday
I will be out of the office starting 11/23 and returning 11/30.
This is an automated response. Please do not reply to this email.
This is an automatic reply
This mailbox is not monitored.
this inbox is unmonitored, please call us
Please do not reply to this message
Thank you for contacting us, we have received your message and will get back to you within 24 hours.
Thank you for your email. We will respond within one business day.
We have received your message. Someone will be in touch shortly.
Your request has been received
I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.
I'm driving with Focus turned on. I'll see your message when I get where I'm going. (I'm not receiving notifications. If this is urgent, reply "urgent" to send a notification through with your original message.)
[Auto-reply] I'm driving right now, will call you later
[Auto-reply] Can't talk right now
Auto reply: I'm in a meeting
I am on vacation until December 1 and will reply when I am back
I'm on leave until 12/1
Away until Monday
Estoy fuera de la oficina hasta el lunes
Respuesta automática: estoy de vacaciones hasta el 1 de diciembre
Este buzón no es monitoreado
Este es un mensaje automático, no responda a este correo
Gracias por contactarnos, hemos recibido su mensaje
I am out of the office. If this is an emergency such as a gas leak, call 312-555-0199.
Sent automatically by my car: I'm driving
I am currently out of office and will return on December 1.
I am currently out of the office and will return Monday December 1st
I'm out of office this week
Out of the office until 12/1. For immediate help contact Bob at bob@customer.example
Hi, I'm on vacation through Friday and will respond when I return
I will be away from the office until Monday
Thank you for your message. I am away and will reply when I return on 12/1.
This is an automated message
This is an auto-generated email, please do not reply
Do not reply to this email. This mailbox is unattended.
This email address is no longer monitored
This number does not receive texts
This number is not monitored
Thanks for reaching out! We'll get back to you as soon as possible.
Thanks for contacting Smith Dental. We'll respond shortly.
Thank you for contacting us! A representative will be with you shortly.
Your message has been received
I'm driving - Sent from My Car
I'm driving right now and will get back to you later.
We are closed. Our office hours are 9-5. We'll reply next business day.
Estoy fuera de la oficina
Gracias por su mensaje, le responderemos a la brevedad
Auto-response: we're closed
Office closed today (auto reply)
OOO until 12/1
I'm on parental leave through March
I am currently away from my desk
I am out of the office with limited access to email
Thank you for your message. I will respond when I return on Monday.
This mailbox is not monitored
Thank you for contacting Oakwood Property Management. A member of our team will get back to you within 24 hours.
I'm on vacation until June 5. For urgent matters please contact Bill at 312-555-0142.
Your message has been received and a ticket has been created
I no longer work at Acme Realty. Please contact Dana instead.
On maternity leave, back in September
We have received your email and will reply within one business day
Our office is closed for the holiday. We will reopen Monday at 8.
Currently traveling with limited connectivity, expect delayed replies
Gracias por su mensaje. Le responderemos a la brevedad.
Estoy de vacaciones hasta el 15 de julio, para urgencias contacte a Luis
This is an automated response. Please do not reply.
I'm OOO this week
OOO back Monday
I am away from my desk right now
On paternity leave until 3/1. Contact Sam for urgent issues.
Jane no longer works here. Please contact bob@example.com
I am no longer with the company. Please direct your emails to Bob.
Closed for Thanksgiving. We reopen Monday.
Replies may be delayed
I am traveling with intermittent internet access
Estoy de licencia hasta el lunes
For urgent matters please contact my assistant
I am out of the office on PTO through 8/14
Hello, I'm currently on leave and will return May 5.
Thanks for your email! I'm on vacation and will reply when I'm back.
I am in training today with limited email access
OOO - returning 6/2
Estaré fuera de la oficina hasta el 3 de enero
I have stepped away from my desk
""".strip().splitlines()

OTHER = """
1
2
C
call me
Please call me back
wrong number
Sorry wrong number
You have the wrong number
Número equivocado
text me, don't call
I'll get back to you
Let me talk to my wife first
The gate code is 4471
We moved to Naperville
I need to reschedule
cancel my appointment
I mailed the check yesterday
running 10 minutes late
Ann passed away in March
hmm
...
!!!
😡
lol
Leave it by the garage
we are thinking about it
The dog is in the back yard
Jobs at 412 Kedzie
la llave está debajo del tapete
llámeme mañana
Enough!
enough is enough
Dont want these
no more
I paid last week
I am at the office until 5
my husband is on vacation
I'll be driving around 3
Leave it in the mailbox
we got your message, thanks for calling, talk soon
not me
We'll be home after 3
I'll be there at 5
We will be home Friday
I'm home all day tomorrow
We're only home in the mornings
I get off work at 4
Nobody is home until noon
I'll be there in 20 minutes
My wife will be home after 2
My husband will be there to let you in
I'll be back from vacation on the 12th
I can only do mornings
Mornings are best for us
any day after 4 pm
Anytime after lunch
Only weekends work for me
We'll be here until 11
I'm working from home on Wednesday
The kids get home at 3:15
The gate code is 4482
I'll leave the key under the mat
I will be home around 6 tonight
I'm available Monday and Wednesday only
Not before 10 please
We are out of town until the 15th
Estaré en casa después de las 3
Llego a casa a las 5
Solo puedo en las mañanas
Mi esposa va a estar en casa el viernes
Estamos en casa hasta el mediodía
Any time after 3 works for me
after 4 works
only Tuesday works for us
I'll only be home until noon
We'll be back at 6
I will be there from 8 to 10
ahí estaré a las 5
estaremos en casa hasta las 2
We're away until Friday
we're on vacation until the 8th
I'm on maternity leave so any day works
I no longer work downtown so contact me at home
my husband is on medical leave until May
ok I'll let you know
ok let me check with my husband
sure, I'll get back to you
ok I will think about it
Mornings work best
we'd be home by 4
The office is closed on Mondays
We are on leave until Friday, come after that
She is out of town until Monday
I get home at 5, the dog is inside
I'll be around till noon
we should be home by six
my son will be there to let you in
I'll be at work until 5 but my wife is home
we will be back in town Sunday
Only after 2pm please
I have a doctor's appointment at 10
the baby naps until 3
Okay I need to think about it
Llegamos a las 6
""".strip().splitlines()

PLEASANT = """
thanks
Thanks!
Thank you so much
thank you, have a great day
Thanks for the reminder
Got it, thanks
ok thanks
Great, thank you!
Perfect
awesome
🙏
❤️
God bless you
No problem
gracias
Muchas gracias
mil gracias por todo
ok gracias
Loved “See you tomorrow”
""".strip().splitlines()


def cases(label: str, texts: list[str]) -> list[tuple[str, str]]:
    return [(label, text) for text in texts]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        *cases("yes", YES), *cases("no", NO), *cases("question", QUESTION), *cases("complaint", COMPLAINT),
        *cases("auto_reply", AUTO_REPLY), *cases("other", OTHER),
    ],
)  # fmt: skip
def test_what_an_answer_means(label: str, text: str) -> None:
    verdict = classify(text)
    assert verdict.label == label, verdict.reason
    assert not verdict.opts_out


@pytest.mark.parametrize("text", [*QUESTION, *COMPLAINT, *NO, *OTHER])
def test_what_a_person_must_read_stops(text: str) -> None:
    assert classify(text).weight == "stops"


@pytest.mark.parametrize("text", NO_COMPLAINT)
def test_what_only_sounds_like_anger_is_no_complaint(text: str) -> None:
    verdict = classify(text)
    assert verdict.label != "complaint", verdict.reason
    assert verdict.weight == "stops"  # a person reads it all the same


@pytest.mark.parametrize("text", AUTO_REPLY)
def test_what_a_machine_wrote_is_automatic(text: str) -> None:
    assert classify(text).weight == "automatic"


@pytest.mark.parametrize("text", [*PLEASANT, "yes", "Yes, please", "sounds good", "Ok, see you Tuesday at 3pm", "👍", "sí, gracias"])
def test_pleasant_words_stop_nothing(text: str) -> None:
    verdict = classify(text)
    assert verdict.weight == "pleasant" and verdict.label in ("yes", "other"), verdict


@pytest.mark.parametrize(
    "text",
    [
        "Yes. The gate code is 4471", "Yes and please bring the invoice of the last job", "thanks, Ann passed away", "Yes, I'll be there at 5", "ok, we will be home Friday",
    ],
)  # fmt: skip
def test_a_yes_with_more_in_it_is_read_by_a_person(text: str) -> None:
    assert classify(text).weight == "stops"


@pytest.mark.parametrize(("text", "label"), [
    ("START", "start"), ("start", "start"), ("Unstop", "start"), ("SUBSCRIBE", "start"), ("start texting me again", "start"),
    ("You can text me again", "start"), ("please opt me back in", "start"), ("EMPEZAR", "start"), ("Comenzar.", "start"),
    ("when do you start", "question"), ("start Monday", "other"), ("don't start texting me again", "other"),
    ("HELP", "help"), ("help!", "help"), ("Info", "help"), ("AYUDA", "help"), ("Help with my invoice please", "other"),
])  # fmt: skip
def test_orders_to_begin_again_and_for_help(text: str, label: str) -> None:
    assert classify(text).label == label


@pytest.mark.parametrize(("text", "words"), [
    ("hey, PLEASE stop texting me ok", 'it says "stop texting me"'), ("Take me off your list!", 'it says "Take me off your list"'),
    ("wrong number", 'somebody else may have this number: it says "wrong number"'),
    ("wrong address, it's 14 Oak", 'their address may be another one: it says "wrong address"'),
    ("you have the wrong house, we moved to 14 Oak", 'their address may be another one: it says "you have the wrong house"'),
    ("My new address is 14 Oak", 'their address may be another one: it says "My new address is"'),
    ("text me, don't call", 'it limits when or how to write and is no stop: it says "text me, don\'t call"'),
    ("a\u0301nimo, no me manden más", 'it says "no me manden más"'), ("", "there is nothing written in it"),
    ("No heat and we have a newborn", 'it says "No heat" and "newborn"'),
])  # fmt: skip
def test_the_reason_quotes_the_words_that_decided(text: str, words: str) -> None:
    assert classify(text).reason == words


HEADERS = [
    {"Auto-Submitted": "auto-replied"}, {"auto-submitted": "auto-generated (vacation)"}, {"AUTO-SUBMITTED": "Auto-Replied; owner"}, {"X-Auto-Response-Suppress": "All"},
    {"X-Autoreply": "yes"}, {"x-autorespond": "out"}, {"Precedence": "bulk"}, {"precedence": "Auto_Reply"}, {"Precedence": "junk"},
    {"Return-Path": "<>"}, {"return-path": ""}, {"Content-Type": "multipart/report; report-type=delivery-status"}, {"X-Failed-Recipients": "ann@customer.example"},
]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("text", ["STOP", "I smell gas", "yes", "Please remove me from your list", ""])
def test_an_automatic_answer_never_opts_anybody_out(headers: dict[str, str], text: str) -> None:
    verdict = classify(text, "Re: Your estimate", headers)
    assert (verdict.label, verdict.weight, verdict.opts_out) == ("auto_reply", "automatic", False)
    assert next(iter(headers)) in verdict.reason


@given(st.text(max_size=80), st.sampled_from(HEADERS), st.sampled_from(["", "Re: Your estimate", "Automatic reply: Your estimate"]))
def test_no_words_make_an_automatic_answer_an_opt_out(text: str, headers: dict[str, str], subject: str) -> None:
    assert not classify(text, subject, headers).opts_out


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "no"},
        {"Precedence": "list"},
        {"Return-Path": "<ann@customer.example>"},
        {"X-Autoreply": "no"},
        {"Content-Type": "text/plain"},
    ],
)
def test_a_persons_mail_has_such_headers_too(headers: dict[str, str]) -> None:
    assert classify("please stop", "", headers).opts_out


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your estimate",
        "Out of Office: Re: Your estimate",
        "Auto: Out of office",
        "Respuesta automática: Su cotización",
        "Undeliverable: Your estimate",
    ],
)
def test_a_subject_tells_a_machine(subject: str) -> None:
    assert classify("Back on Monday. STOP by then.", subject).label == "auto_reply"


@pytest.mark.parametrize(("subject", "text", "label"), [
    ("unsubscribe", "", "stop"), ("Unsubscribe", "\n\nSent from my iPhone", "stop"), ("Re: unsubscribe", "", "stop"), ("STOP", "", "stop"),
    ("unsubscribe", "This message was automatically generated by Gmail.", "stop"), ("Please remove me from your list", "Thanks, Ann", "stop"),
    ("Re: Please remove me from your list", "yes", "yes"), ("Gas leak!", "please call", "urgent"), ("Re: Gas leak repair", "thanks", "other"),
    ("Re: Your estimate", "", "other"), ("Your estimate", "stop", "stop"), ("", "", "other"), ("yes", "", "yes"), ("A question", "how much", "question"),
])  # fmt: skip
def test_a_subject_counts_where_the_person_wrote_it(subject: str, text: str, label: str) -> None:
    assert classify(text, subject).label == label


def test_a_pressed_unsubscribe_button_counts_also_when_the_mail_program_sent_it() -> None:
    assert classify("", "unsubscribe", {"Auto-Submitted": "auto-generated"}).opts_out
    assert not classify("", "unsubscribe", {"Auto-Submitted": "auto-replied"}).opts_out
