"""Dynamic variables that Faker makes: people, places, companies, the internet, and Latin."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from faker import Faker

_ENGLISH: Mapping[str, Callable[[Faker], str]] = {
    # Faker's addresses end in example.com and its like, so that no mail reaches anyone (RFC 2606).
    "randomEmail": lambda fake: fake.email(),
    "randomExampleEmail": lambda fake: fake.safe_email(),
    "randomUserName": lambda fake: fake.user_name(),
    "randomUserAgent": lambda fake: fake.user_agent(),
    "randomUrl": lambda fake: fake.url().rstrip("/"),
    "randomDomainName": lambda fake: fake.domain_name(),
    "randomDomainSuffix": lambda fake: fake.tld(),
    "randomDomainWord": lambda fake: fake.domain_word(),
    "randomMimeType": lambda fake: fake.mime_type(),
    "randomFirstName": lambda fake: fake.first_name(),
    "randomLastName": lambda fake: fake.last_name(),
    "randomFullName": lambda fake: f"{fake.first_name()} {fake.last_name()}",
    "randomNamePrefix": lambda fake: fake.prefix(),
    "randomNameSuffix": lambda fake: fake.suffix(),
    "randomCity": lambda fake: fake.city(),
    "randomStreetName": lambda fake: fake.street_name(),
    "randomStreetAddress": lambda fake: fake.street_address(),
    "randomCountry": lambda fake: fake.country(),
    "randomCountryCode": lambda fake: fake.country_code(),
    "randomBankAccountBic": lambda fake: fake.swift(),
    "randomBankAccountIban": lambda fake: fake.iban(),
    "randomCurrencyCode": lambda fake: fake.currency_code(),
    "randomCurrencyName": lambda fake: fake.currency_name(),
    "randomCurrencySymbol": lambda fake: fake.currency_symbol(),
    "randomCompanyName": lambda fake: fake.company(),
    "randomCompanySuffix": lambda fake: fake.company_suffix(),
}

_LATIN: Mapping[str, Callable[[Faker], str]] = {
    "randomLoremWord": lambda fake: fake.word(),
    "randomLoremWords": lambda fake: " ".join(fake.words(3)),
    "randomLoremSentence": lambda fake: fake.sentence(),
    "randomLoremSentences": lambda fake: " ".join(fake.sentences(4)),
    "randomLoremParagraph": lambda fake: fake.paragraph(),
    "randomLoremParagraphs": lambda fake: "\n".join(fake.paragraphs(3)),
    "randomLoremText": lambda fake: fake.text(),
    "randomLoremSlug": lambda fake: "-".join(fake.words(3)).lower(),
    "randomLoremLines": lambda fake: "\n".join(fake.sentences(3)),
}

FAKED: Mapping[str, tuple[str, Callable[[Faker], str]]] = {
    name: (locale, make)
    for locale, table in (("en_US", _ENGLISH), ("la", _LATIN))
    for name, make in table.items()
}
"""Name -> locale of Faker, and what asks it for a new value."""
