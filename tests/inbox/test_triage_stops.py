"""Who wants no more messages, in whichever words; and what looks like it and is something else."""

import pytest

from contractor_ops.inbox.triage import classify

STOPS = """
Please stop writing to me
quit writing us
STOP
stop
Stop.
Stop!!
STOP!!!
"STOP"
*STOP*
stop 🛑
🛑
STOPALL
stop all
UNSUBSCRIBE
END
Quit
CANCEL
Revoke
OPTOUT
OPT OUT
opt-out
REMOVE
remove me
stop please
Please stop
Please stop.
pls stop
STOP PLEASE!
stop now
Stop thank you
ok stop
stop stop stop
S T O P
s.t.o.p
stpo
sotp
stopp
STOOOP
unsubcribe
unsuscribe
Unsubscibe
unsubscribe me please
un-subscribe
cancle
Text STOP
please stop texting me
Stop texting me!
stop txting me
quit texting me
Quit messaging me
Please stop sending me text messages
stop sending me these messages
Stop sending these
stop sending me stuff
Stop the texts
stop all these texts please
Stop these messages
stop with the texts already
I told you to stop texting me
I asked you to stop contacting me
I said stop
I want you to stop texting
I'd like to stop receiving these messages
you won't stop texting me
If you don't stop texting me I will report you
stop calling me
Stop calling and texting me
don't text me
Don't text me again
do not text
Do not text this number
Do not contact me again
please don't contact me anymore
dont message me
don't ever text me again
Don't send me any more messages
please do not send any more texts
do not email me
Please do not e-mail me again.
never text me again
I asked you not to text me again
don't bother me
Do not call or text me
no more texts
No more messages please
no more emails!
No texts please
enough with the texts
Enough already with these messages
I'm sick of these texts
take me off your list
Please take me off of your mailing list
Take me off this list
get me off your list
remove me from your list
Remove my number
please remove my number from your system
Remove my phone number from your database please
delete my number
Delete my contact info
Please remove me from all future mailings
drop me from your contacts
lose my number
Lose this number
opt me out
I want to opt out
I opt out of these messages
please unsubscribe me from this
How do I unsubscribe?
I want to unsubscribe
unsubscribe, I never signed up for this
I never signed up for these texts
I did not sign up for this
I don't want these messages
I don't want any more texts
I do not wish to receive these messages
I no longer wish to receive your emails
We don't want to hear from you
I don't want to be contacted
I would rather not get these e-mails
I'd rather not receive texts from you
leave me alone
Leave us alone please
Please just leave me alone!!
I revoke my consent
I withdraw consent to be texted
You do not have permission to text me
I'm on the do not call list
put me on your do not call list
This is harassment
this is spam
Reporting this number as spam
I'm blocking this number
blocking you
cease and desist
Cease all communication
turn off these notifications
cancel these texts
Please cancel the text alerts
wrong number, stop
Wrong number, please stop texting me
Wrong person. Stop.
STOP. Who is this?
Stop, I already hired someone
Who is this? Stop texting me.
I already paid, stop sending me reminders
No thanks, please take me off your list
yes I got your messages, now stop texting me
Thanks but please don't text me again
My husband died in May. Please stop.
stop texting me about the estimate
don't text me at this number
go away
Fuck off
do not disturb
Stop spamming me
stop harassing us
ALTO
Alto por favor
PARAR
Pare
pare por favor
BASTA
¡Basta ya!
CANCELAR
detener
Detener por favor
BAJA
Fin
SALIR
no más mensajes
No mas mensajes por favor
no me manden más mensajes
No me mande mas mensajes
no me envíen mensajes
Ya no me escriban
ya no me manden nada
por favor no me contacten más
No me llamen más
no me molesten
dejen de escribirme
Deje de mandarme mensajes
Dejen de molestar
déjenme en paz
paren de mandar mensajes
Ya no quiero recibir mensajes
no quiero más mensajes
No quiero que me escriban
quítenme de la lista
Por favor quíteme de su lista
sáquenme de su lista
Bórrenme de su base de datos
borren mi número
Borre mi número por favor
elimine mi número
Eliminen mi teléfono de su sistema
quiten mi número
denme de baja
quiero darme de baja
¿Cómo me doy de baja?
basta de mensajes
alto a los mensajes
Número equivocado, no me escriban más
No gracias, ya no me manden mensajes
ya basta con los mensajes
Please take my number off this list
Remove this number from your list.
remove me from all lists
You have been told to stop texting this number
Kindly stop messaging
Would you please stop texting me?
Can you stop texting me?
can you please take me off your list?
could you remove me from your texts
I would like to be removed from your list
I wish to be removed
Please discontinue all messages
please discontinue
Not interested, stop
no, stop
Not interested. Take me off.
Not interested, please remove
Please remove
pls remove
STOP texting
STOP MESSAGING ME
Stop. Do not text again.
stop i dont live there anymore
Stop sending me this
Stop sending me this crap
stop bugging me
Stop with these
i don't want your texts
I don't want any messages from you
dont want texts
We don't want these emails anymore
I do not want to receive texts
I do not want to get these
I don't want to receive any more communications from you
no longer want to be contacted
Please cease contact
Cease
You are harassing me
stop harassing me or I call the police
never contact me again
Never text this number again
Do not reach out to me again
don't reach out again
Please don't follow up again
stop following up
unsub
Unsubscribe from this list
please unsubscribe this number
UNSUBSCRIBE ME NOW
Opt-out please
opt out of texts
OPT ME OUT OF ALL MESSAGES
I'm opting out
opting out
no more please
No more of these
nomore texts
block this number
You're blocked
this number is on the Do Not Call Registry
I did not give you permission to text me
I never gave you permission to contact me
I never agreed to receive texts
Who gave you my number? Delete it
delete this number
Delete my info
erase my number
Please delete my data and don't contact me
forget my number
get rid of my number
Remove my email address from your mailing list.
stop emailing
stop emailing my husband
please stop the emails
Stop the reminders
please stop these reminders, I paid
turn these texts off
turn off text messages
end these messages
quit it with the texts
Quit sending me texts
quit blowing up my phone
stop blowing up my phone!!!
text someone else
lose my number please
get lost
fuck off and stop texting me
fuck you stop
alto ya
paren ya
Ya paren por favor
ya no más
No más
no mas textos
ya no manden mensajes
no me escriba mas por favor
Favor de no enviar más mensajes
favor de no molestar
no manden más
dejen de mandar mensajes
Dejen de enviarme correos
deja de escribirme
para de mandarme mensajes
por favor dejen de llamar
quiten mi teléfono de la lista
sáqueme de la lista
quiero salir de la lista
no quiero recibir sus mensajes
ya no quiero que me manden mensajes
No deseo recibir más mensajes
cancelar mensajes
cancelar suscripción
elimíname
bórrame
no autorizo mensajes
este es un número equivocado, no escriban
déjame en paz
no me busquen más
Pls remove me from ur list
stop contacting
I want off this list
off the list please
quit bothering me
Do not send me any more text messages.
Enough. Stop.
STOP SPAMMING
Not interested, stop messaging me
please lose this number
wrong number please remove
I'm not Ann, take me off
this isn't Ann, stop texting
You have the wrong number, please stop
I moved, stop
I said NO. Stop.
Don't ever contact me again!
no more automated texts
I'd like no more texts
I don't want to get texts anymore
I do not give consent to be texted
Don't message here
Please don't send texts to this number
please do not use this number
Do not use my number
remove from list
take my name off the list
Take us off
unsubscribe all
end texts
Stop all communications
Cancel messages
Cancel all messages
cancel text alerts
quit texting my phone
Please discontinue texting
Can you please not text me?
please not text me
Kindly do not contact me
I don't appreciate these texts
These texts need to stop
the texts have to stop
stop w the messages
stop sending messages to this number
stop sending texts to my wife
Y'all need to stop texting me
you need to stop texting
I will block you
I'm going to block this number
I am going to report this number
would you stop
will you please stop
for the last time, stop
STOP STOP STOP STOP
STOP 🛑🛑
stop!!!!!!! 😡😡
stop, please.
STOP (wrong number)
Stop - wrong number
STOP/UNSUBSCRIBE
stop & unsubscribe
Unsubscribe.
UNSUBSCRIBE please and thank you
I wish to unsubscribe from these emails
Please unsubscribe my email address
please take my email off your mailing list
Not my number anymore. Please remove it.
I sold that house, please stop sending me things
I'm not the owner anymore, stop texting me
we already had it done. please stop
Done with you people. Stop.
Ok. Stop now.
thx but stop
I don't need these reminders
don't need reminders
no reminders please
stop reminding me
Stop calling and texting
don't call or text
No calls or texts please
no calls no texts
don't text me ever
Do not text my phone
don't text my phone again
Pls dont msg me anymore
dnt txt me
do NOT contact
ya párenle con los mensajes
no me vuelvan a escribir
no vuelvan a escribir
no vuelva a contactarme
No escriban más
dejen de molestarme por favor
elimínenme de su lista
bórrenme
no más correos
pare de mandar mensajes
no quiero que me manden más mensajes
quiero dejar de recibir mensajes
deseo cancelar los mensajes
quítame de tu lista
por favor, elimínenme
no me contacte
anular suscripción
STOP por favor
no quiero saber nada
no estoy interesado, no me escriban
No me texteen
no me texteen más
ya no me texteen
ya no manden
No me mandes mensajes
no me mande nada
ya me cansé de sus mensajes, dejen de mandar
quite mi número de su lista por favor
borre mi número de su base de datos
no llamen ni escriban
no molesten
ya basta
¡Alto!
PARE.
basta de correos
cancelen los mensajes
no gracias, quítenme de la lista
Stop sending me automated responses
Do not reply to this text. Remove me from your list.
stop the auto replies and take me off
opt_out
Opt.Out
STOP  ALL!
cease and desist all communications
Please remove me from your text messages, I've asked three times.
STOP SENDING ME TEXTS I AM NOT INTERESTED
Hi, please take my husband off your list, he passed away
I am no longer a customer. Please remove my email
I don't live there anymore take me off
quit
Ok but please stop the text messages
yeah stop
stop bro
dude stop texting
stop it!!!
Please leave me off the list
we don't need any more emails from you
do not ever contact us again
Kindly unsubscribe
Stopppp
STOP.STOP.STOP
Stop?
Please, no more.
pls no more msgs
you have the wrong number stop texting please
get me off this text thread
remove me from this thread
leave this number alone
this is a business line do not text
Not Bob. Remove number.
Bob doesn't live here. Don't text again
no quiero mensajes
no quiero que me molesten
No me manden más textos por favor
por favor ya no me manden mensajes gracias
favor de quitarme de su lista
me pueden quitar de la lista
puede borrar mi número por favor
me quiero dar de baja
elimíneme de la lista de contactos
No gracias. No me escriban mas.
ya no me interesa, no manden mensajes
no más
ALTO STOP
I don't want to hear from you people anymore
Can you quit blowing up my phone
Please take my cell off whatever list this is
How do I get off this mailing list?
Lose my number please
what do I have to do to not get these
No more texts please and thank you
I already told you guys not to text me
Enough with the reminders
You can stop sending me quotes now
please discontinue these notifications
I never signed up for this, take me off
Kindly refrain from contacting me
Stop emailing my wife
How can I turn these messages off?
I didn't give you permission to text me. Do not do it again
We sold the house, please stop contacting us
Stop with the follow ups
Would you please stop bothering me about this estimate
Delete me from your system
Not interested, please remove me
opt out please
Dejen de mandarme mensajes
ya no me manden nada por favor
Quíteme de su lista por favor
¿Cómo hago para no recibir más mensajes?
Déjenme en paz, no quiero sus mensajes
Who is this? STOP
stop, what company is this?
How do I stop these messages
how do I stop getting these
how can I not get these texts anymore?
is there a way to stop receiving these?
What's the best way to make these texts go away
Can you make the texts stop
stop sending me bids
Please stop sending us invoices
could you guys please quit texting me?
please refrain from texting me
I want to stop getting your emails
cómo cancelo los mensajes?
cómo me salgo de esta lista
no me llamen ni me escriban
quisiera no recibir más mensajes
Deténganse por favor
You quit bothering me!
take my number off the list
Why do I keep getting these? Stop
get me off this list
who do I talk to so these texts end
I asked you nicely to quit with the texts
how do I cancel these text alerts
stop w the emails already
Don't ever call or text this phone
remove us from your mailing list thanks
no quiero que me escriban más
please no more follow up emails
This is my work phone, do not text it
I'd like to be taken off your contact list
""".strip().splitlines()

NOT_STOPS = """
please stop writing on the driveway
stop writing checks to them
stop by the shop
Can you stop by tomorrow?
can you stop in tomorrow
I'll stop by the office and pay Friday
Please stop by before noon
Could the technician stop over on Tuesday?
the leak won't stop
The toilet won't stop running
it stopped working
the furnace stopped working again
Water stopped but the drain is slow
non-stop
It has been dripping non-stop since Monday
it runs nonstop
meet me at the bus stop
the house is right after the bus stop
please stop the water
Can you stop the leak today?
stop the drip and I'll pay you
The stop valve is stuck
We need a new door stop
stop sign at the corner, turn left
Turn left at the stop light
cancel my appointment
Please cancel my appointment for Tuesday
I need to cancel our visit tomorrow
Can I cancel the estimate appointment?
cancel the order for the second unit
We have to cancel the job
end of the month
I will pay at the end of the month
The end of next week works
at the dead end of Oak Street
quit working
My AC quit working last night
the heater quit again
I'd like to remove the old unit
Please remove the stump
remove the stump
Can you remove the old water heater too?
remove my old furnace please
don't stop
Don't stop texting me the updates, they help
please don't stop sending reminders
text me, don't call
don't call, just text
Don't call me, text me
stop calling me, text me
Please stop calling, text instead
Text only please, no calls
email me instead of calling
I prefer texts over calls
please text rather than call
call me, don't text
I'd rather you call than text
Don't call me before 9
don't text me after 9pm
Please do not call me at work
do not call until Monday
don't text while I'm at work
Don't contact me until January
no calls today please
I don't text much
I don't have email
Sorry, I didn't get your message
I never got your text
we didn't receive any emails
why did you stop calling me back?
Why don't you call me back
you don't call me back
You guys never call back
he stopped answering my calls
when did you stop sending paper invoices
don't bother coming tomorrow
Don't bother with the second quote
do not call my tenant
Don't email him, he is on vacation
Remove me from the schedule for Friday
take me off the calendar for tomorrow
Take me off the waiting list
remove my name from the invoice, it should be my wife's
Did you get my email?
get my number from the office
I lost my phone
I lost your number
opt out of the maintenance plan
We want to opt out of the warranty coverage
how do I opt out of the maintenance agreement
I didn't unsubscribe
Don't unsubscribe me, I like the reminders
I unsubscribed by accident
Your message went to my spam folder
found it in spam
is this spam?
leave the key under the mat
leave me a message
Leave me a voicemail
just leave it alone for now
no more leaks, thank you
no more questions
No message from him yet
I want to hear from you before Friday
I don't want a call, I want the refund
the crew blocked my driveway
You are blocking the driveway
block off Tuesday for us
the price is too high, we pass
No thanks
no thank you
not interested
wrong number
This is the wrong number
I think you have the wrong person
stop work until I talk to the owner
Please stop work on the deck
stop digging, there is a gas line
Stop the project
put a stop to the noise
I can't stop thinking about the new kitchen
She won't stop calling about the roof
Finish the job and quit making excuses
end the call
When does this offer end?
start to end it took three hours
The remote stopped
revoke the permit
How long until the noise stops?
we need to stop payment on the check
Is there a stop on the account?
Please don't let the pool guy leave
no lo voy a cancelar
cancelar mi cita del martes
Quiero cancelar la cita
el precio es muy alto
El techo es muy alto
para el lunes está bien
¿Pueden parar en la tienda?
no para de gotear
el aire dejó de funcionar
quiten el árbol por favor
Quítenme de la agenda para mañana
no me llamen antes de las 9
no me llamen, mándenme un texto
Prefiero mensajes que llamadas
no me llegó su correo
Nadie me ha llamado
el fin de semana
al fin de mes pago
Please stop by tomorrow and remove the tree
stop at the front desk
Will you stop over today?
stop in any time
I can't make it stop beeping
how do I make it stop leaking
when will the noise stop
please stop the work until Monday
can we stop the maintenance plan
Cancel Tuesday please
Cancel the visit
cancel it
please cancel, we found someone else
Cancel my service
cancel my membership
Can you end by 5pm?
what is the end date
I quit my job, can't pay
my tenant quit paying
remove the wallpaper please
Remove and replace
the remove and replace option
Can you take the old fridge off our hands
take $50 off
Take it off the invoice
remove the late fee
remove the charge from my account
please delete the second line item
delete the duplicate invoice
leave the gate open
leave the dog alone
don't leave me waiting
dont forget to call me
don't text my wife, text me
please don't send the invoice yet
don't send anyone today
Don't send Mike again
don't contact my insurance yet
do not call before noon
Please don't call after 8
do not disturb the dog
no call needed, just show up
no texts came through
I have no messages from you
no need to call back
no need to text
I never received your message
never got a call back
You never contacted me
never mind
I'm tired of waiting for a call
sick of calling you
did you get my texts
reply stop to opt out
Why did I get a message that says reply STOP to unsubscribe?
What happens if I reply STOP?
If I text STOP do I lose my appointment?
Should I text stop?
please do not stop the service
I blocked off Friday for you
the road is blocked
drain is blocked
toilet blocked
block heater
I'm on the list for Tuesday right?
put me on your list
add me to the list
list of parts please
Is this a scam?
looks like spam but ok
my consent form is signed
I never signed the contract
I didn't agree to that price
We never signed up for the maintenance plan
stop payment on check 1022
full stop at the sign then right
the pump does not stop
It stops and starts
pull out all the stops
stopped by today, nobody there
who stopped by?
stop worrying, it's fine
last stop on the route
Stop the presses, I approve!
parar en la esquina
pare el trabajo hasta mañana
cancelar la visita
cancelen el trabajo del jueves
quite la alfombra
borren la segunda línea de la factura
no llamen antes de las 8
no me han llamado
no recibí su mensaje
no quiero la segunda opción
dejen la llave con el vecino
deje un mensaje
alto voltaje
la pared alta
fin de obra
salir a las 5
la baja presión
basta con una mano de pintura
Please have him stop here first
we will stop at Home Depot
he can stop whenever
stop hole in the gutter
stop leak product
backstop
doorstop broken
the rain won't stop
the beeping won't stop
It just stops
stop valve
gas stop cock
Please stop charging me for the plan
stop the automatic payments
stop billing me twice
stop delaying
please stop delaying my job
can you stop the crew from parking there
don't stop the work
stop the work today
Work must stop until the permit is here
I need you to stop work
we want to stop the leak
I want to stop the maintenance
I want to stop water coming in
tell them to stop hammering at 7am
asked them to stop parking on the lawn
told the tech to stop by
told you to stop at the gate
end date is Friday
let's end it there, 5pm
the other end of the pipe
quit leaking
pump quit
it quit
cancelled check attached
I want to cancel
Need to cancel tomorrow
cancel and reschedule
please cancel the reminder visit
remove snow
please remove debris
can you remove us from the route this week
take me through the estimate
take the trash off the porch
delete that last text, wrong person
leave us a quote
leave me a copy
Don't forget me
don't worry
don't come today
dont come
Don't do it yet
do not start without me
don't order the part
don't send the tech alone
don't email the estimate to my ex
do not contact the homeowner directly
no text from the tech yet
no emails received
no contact from anyone
nobody contacted me
never got the text
I never get your emails
I don't get your texts
we don't receive texts on this line
I don't see any messages
I don't want to miss your call
I don't want to text back and forth
I don't want the texts option in the quote
I don't need any work done
don't need anything
I don't want anything fancy
don't want this one, the other one
I want to be contacted
want to receive texts
please text me more details
more texts please
I love these reminders
thanks for all the messages
I'm sick today
tired of this leak
enough messages about parking, let's talk price
my messages were deleted
the list is complete
price list please
punch list done
off the record, what's the best price
permission to enter granted
you have my permission to enter
You do not have permission to enter the yard
I didn't authorize this work
did not sign
revoke the gate code
harassment is not ok at work
report is attached
please report when done
reporting a leak
opt for the cheaper one
option 2
I opt for option B
blocking the sidewalk
block the date
paren el agua
para mañana
cancelar cita
quiero cancelar
no puedo parar el agua
no deja de gotear
dejen de trabajar a las 5
quiten la basura
borren el grafiti
no me mande al mismo técnico
no quiero el servicio
no quiero nada caro
no me llame hoy, estoy en el trabajo
no me escriba al correo, mejor al celular
ya no tengo correo
ya no gotea
más mensajes por favor
basta de humedad
revoke my offer please
did they revoke the permit?
quit my job last week, so timing is good
I want to stop by and see the showroom
can't stop thinking about the bathroom
Can you stop by Tuesday to look at the furnace?
The water won't stop running in the upstairs toilet
Please cancel my appointment on Thursday
I had to stop payment on that check
Could you remove the old water heater when you come
Stop at the gate and call me for the code
The AC keeps stopping after ten minutes
Don't text, just call me, I'm driving
Please text me, don't call, I'm at work
We need to end the maintenance contract in December
The leak finally stopped, thanks
Can you take the gutters off the quote?
I want to take the tankless heater off the estimate
Don't send anyone before 9
Stop in at the office next door for the key
Please don't send the crew if it's raining
Use the back door, the bell quit working
At the end of the month please
I can't stop thinking about that beautiful roof lol
The bus stop is right in front of our house
Did you unsubscribe me from the maintenance plan? I still want it
Is there a stop valve under the sink
Please stop the work until I get back from the store
no me llamen antes de las 10
el agua no para de salir
¿pueden pasar el martes y quitar el calentador viejo?
Cancelen la cita del viernes por favor
No manden a nadie hoy, estamos fuera
Don't text me after 8pm please
how do I stop the leak
how do I stop getting shocked by the faucet
I stopped getting your emails, can you check?
Will I stop getting hot water during the work?
Why did I stop getting the reminders?
when did you quit sending invoices by mail
She quit texting me back
how do I make the noise stop?
can you make the drip stop
can you get the toilet to stop running
Please stop sending invoices to my old address
please stop sending the crew so early
I don't want to not get the estimate
we have not received these emails
I have not seen these messages
please take the second bathroom off the list
take painting off the to do list
no quiero dejar de recibir los mensajes
¿cómo paro el agua?
para no recibir multas necesito el permiso
I never get these messages in time
I could not get your texts to load
please don't refrain from asking questions
refrain from calling before 9
I did not see any messages from you
I have never received any estimate
can you stop over after lunch
I'd like to cancel and rebook for June
the sump pump won't quit
take the old shingles off the driveway please
stop at unit 2 first
could you make the inspection end before 5
I can't get the breaker to stop tripping
please remove the charge for the second visit
don't call the tenant before noon
How do I get on the list for a tune up
""".strip().splitlines()


@pytest.mark.parametrize("text", STOPS)
def test_a_wish_to_stop_is_an_opt_out(text: str) -> None:
    verdict = classify(text)
    assert (verdict.label, verdict.opts_out, verdict.weight) == ("stop", True, "stops"), verdict.reason


@pytest.mark.parametrize("text", NOT_STOPS)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    verdict = classify(text)
    assert verdict.label != "stop" and not verdict.opts_out, verdict.reason
    assert verdict.weight == "stops"  # a person reads all of these
