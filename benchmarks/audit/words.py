"""The words that the generated logs are written with: short phrases in three languages.

A text is an opening, a matter, a detail with a number and an ending, so that some hundreds of
phrases make millions of texts. Nothing here is anybody's real message.
"""

from __future__ import annotations

LANGUAGES = ("en", "nb", "nl")

COMMENTS = {
    "en": (
        ("Hello.", "Seriously?", "Hi there,", "Once again:", "Good evening,", "So,", ""),
        (
            "my parcel never arrived",
            "the app logs me out every morning",
            "the kettle stopped after two days",
            "nobody picks up the phone",
            "you charged me twice",
            "the bus drove past the stop",
            "the sofa has a scratch",
            "your assistant in the shop was lovely",
            "the new opening hours suit me well",
            "when does the sale begin",
            "the refund is still missing",
            "you are a bunch of crooks",
        ),
        ("Order {}.", "It is about ticket {}.", "Bought for {} euros.", "Waiting since day {}."),
        ("What now?", "Please help.", "Never again!", "Thanks in advance.", "Best, a customer", ""),
    ),
    "nb": (
        ("Hei.", "Seriøst?", "God dag,", "Enda en gang:", "God kveld,", "Altså,", ""),
        (
            "pakken min kom aldri fram",
            "appen logger meg ut hver morgen",
            "vannkokeren sluttet etter to dager",
            "ingen tar telefonen",
            "dere har trukket meg to ganger",
            "bussen kjørte forbi holdeplassen",
            "sofaen har en ripe",
            "ekspeditøren i butikken var nydelig",
            "de nye åpningstidene passer meg godt",
            "når begynner salget",
            "pengene er ikke kommet tilbake",
            "dere er en gjeng svindlere",
        ),
        ("Ordre {}.", "Det gjelder sak {}.", "Kjøpt for {} kroner.", "Har ventet siden dag {}."),
        ("Hva nå?", "Vær så snill å hjelpe.", "Aldri igjen!", "Takk på forhånd.", "Hilsen meg", ""),
    ),
    "nl": (
        ("Hallo.", "Serieus?", "Goedendag,", "Nog een keer:", "Goedenavond,", "Dus,", ""),
        (
            "mijn pakket is nooit aangekomen",
            "de app logt mij elke ochtend uit",
            "de waterkoker stopte na twee dagen",
            "niemand neemt de telefoon op",
            "jullie hebben twee keer afgeschreven",
            "de bus reed de halte voorbij",
            "er zit een kras op de bank",
            "de medewerkster in de winkel was geweldig",
            "de nieuwe openingstijden komen goed uit",
            "wanneer begint de uitverkoop",
            "ik heb mijn geld nog steeds niet terug",
            "jullie zijn een stel oplichters",
        ),
        (
            "Bestelling {}.",
            "Het gaat om zaak {}.",
            "Gekocht voor {} euro.",
            "Wacht sinds dag {}.",
        ),
        (
            "En nu?",
            "Help me alstublieft.",
            "Nooit meer!",
            "Bedankt alvast.",
            "Groet, ik",
            "",
        ),
    ),
}

REPLIES = {
    "en": (
        ("Hi,", "Hello,", "Good morning,", "Dear customer,", "Thanks for writing.", ""),
        (
            "we are sorry that this went wrong",
            "I understand that this is annoying",
            "we have passed it on to the warehouse",
            "your money is on its way",
            "that is your own fault",
            "could you tell us the order number",
            "we are glad that you liked it",
            "please calm down",
            "a colleague looks at it today",
            "we will replace it free of charge",
        ),
        ("Your case is {}.", "We saw order {}.", "Write to us and name {}.", "It is number {}."),
        ("Kind regards, Kim", "Have a good day!", "We apologise for any inconvenience.", ""),
    ),
    "nb": (
        ("Hei,", "Hei hei,", "God morgen,", "Kjære kunde,", "Takk for at du skriver.", ""),
        (
            "vi beklager at dette gikk galt",
            "jeg forstår at dette er irriterende",
            "vi har meldt det videre til lageret",
            "pengene er på vei",
            "det er din egen skyld",
            "kan du gi oss ordrenummeret",
            "så hyggelig at du likte det",
            "nå får du roe deg ned",
            "en kollega ser på det i dag",
            "vi bytter den gratis",
        ),
        ("Saken din er {}.", "Vi har sett ordre {}.", "Skriv til oss og oppgi {}.", "Nummer {}."),
        ("Vennlig hilsen Kim", "Ha en fin dag!", "Vi beklager eventuelle ulemper.", ""),
    ),
    "nl": (
        ("Hoi,", "Hallo,", "Goedemorgen,", "Beste klant,", "Bedankt voor je bericht.", ""),
        (
            "het spijt ons dat dit mis is gegaan",
            "ik begrijp dat dit vervelend is",
            "we hebben het doorgegeven aan het magazijn",
            "je geld is onderweg",
            "dat is je eigen schuld",
            "kun je ons het bestelnummer geven",
            "wat fijn dat het bevalt",
            "doe eens rustig",
            "een collega kijkt er vandaag naar",
            "we ruilen hem gratis om",
        ),
        ("Je zaak is {}.", "We zagen bestelling {}.", "Schrijf ons en noem {}.", "Nummer {}."),
        ("Groet, Kim", "Fijne dag!", "Excuses voor het eventuele ongemak.", ""),
    ),
}

REASONS = (
    "against rule 2",
    "reported by three readers",
    "spam, third time",
    "names a colleague",
    "not about us",
    "see the ticket",
)
