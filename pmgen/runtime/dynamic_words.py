"""Words for dynamic variables, and how those that are made of several are put together. Small: they are for trying out."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: dict[str, tuple[str, ...]] = {
    name: tuple(words.split(", "))
    for name, words in {
        "randomColor": "black, blue, brown, cyan, gold, green, grey, ivory, lime, magenta, maroon, olive, "
        "orange, orchid, pink, plum, purple, red, salmon, silver, teal, turquoise, violet, white, yellow",
        "randomAbbreviation": "ADP, API, CSS, CSV, DNS, FTP, GPS, HTML, HTTP, IP, JSON, PNG, RAM, SQL, SSH, "
        "TCP, TLS, URL, USB, XML",
        "randomLocale": "ar, cs, da, de, el, en, es, fi, fr, he, hi, hu, id, it, ja, ko, nb, nl, pl, pt, ro, "
        "ru, sk, sv, sw, th, tr, uk, vi, zh",
        "randomProtocol": "http, https",
        "randomJobArea": "Accounts, Branding, Communications, Data, Design, Infrastructure, Logistics, "
        "Marketing, Operations, Quality, Research, Sales, Security, Support, Training",
        "randomJobDescriptor": "Associate, Central, Chief, Deputy, District, Global, International, Junior, "
        "Lead, National, Principal, Regional, Senior",
        "randomJobType": "Administrator, Agent, Analyst, Architect, Assistant, Consultant, Coordinator, "
        "Designer, Developer, Engineer, Manager, Officer, Planner, Specialist, Supervisor, Technician",
        "randomBankAccountName": "Auto Loan Account, Business Account, Checking Account, Credit Card Account, "
        "Deposit Account, Home Loan Account, Investment Account, Joint Account, Savings Account",
        "randomTransactionType": "deposit, fee, invoice, payment, refund, transfer, withdrawal",
        "randomBsAdjective": "agile, cloud-based, cutting-edge, data-driven, end-to-end, global, integrated, "
        "mobile, next-generation, open, real-time, robust, scalable, seamless, smart",
        "randomBsBuzz": "accelerate, align, automate, deliver, deploy, drive, enable, extend, grow, improve, "
        "integrate, launch, scale, simplify, streamline, transform",
        "randomBsNoun": "channels, communities, experiences, insights, interfaces, markets, networks, "
        "partnerships, platforms, processes, services, solutions, systems, technologies, workflows",
        "randomCatchPhraseAdjective": "Adaptive, Balanced, Connected, Distributed, Extended, Focused, "
        "Future-proof, Inclusive, Managed, Modular, Networked, Optional, Reduced, Secured, Shared, Versatile",
        "randomCatchPhraseDescriptor": "asynchronous, bottom-line, client-driven, context-sensitive, "
        "event-based, fault-tolerant, full-range, high-level, hybrid, long-term, low-cost, multi-user, "
        "real-time, stable, systematic, user-facing",
        "randomCatchPhraseNoun": "ability, algorithm, approach, archive, benchmark, core, dashboard, forecast, "
        "framework, hub, initiative, interface, model, project, service desk, strategy, toolset",
        "randomDatabaseColumn": "category, comment, createdAt, email, group, id, name, password, phone, "
        "status, title, token, updatedAt",
        "randomDatabaseType": "bigint, binary, bit, blob, boolean, date, datetime, decimal, double, enum, "
        "float, int, smallint, text, time, timestamp, tinyint, varchar",
        "randomDatabaseCollation": "ascii_bin, ascii_general_ci, cp1250_bin, cp1250_general_ci, "
        "latin1_swedish_ci, utf8_bin, utf8_general_ci, utf8_unicode_ci, utf8mb4_unicode_ci",
        "randomDatabaseEngine": "ARCHIVE, BLACKHOLE, CSV, InnoDB, MEMORY, MyISAM",
        "randomFileType": "application, audio, font, image, message, model, multipart, text, video",
        "randomFileExt": "bmp, bz2, conf, css, csv, doc, epub, gz, html, ico, js, json, log, mid, mp3, odt, "
        "pdf, png, rtf, svg, tar, tif, txt, war, webm, xls, xml, yaml, zip",
        "randomCommonFileType": "application, audio, image, text, video",
        "randomCommonFileExt": "gif, htm, html, jpeg, jpg, m2v, m3a, mp2, mp3, mp4, mpeg, pdf, png, wav",
        "randomDirectoryPath": "/bin, /boot, /etc, /etc/ssl, /home, /lib, /media, /mnt, /opt, /opt/bin, /root, "
        "/sbin, /srv, /sys, /tmp, /usr, /usr/bin, /usr/include, /usr/lib, /usr/local, /usr/share, /var, "
        "/var/log, /var/mail, /var/spool",
        "randomDepartment": "Automotive, Baby, Beauty, Books, Clothing, Computers, Electronics, Games, Garden, "
        "Grocery, Health, Home, Jewelry, Kids, Movies, Music, Outdoors, Shoes, Sports, Tools, Toys",
        "randomProduct": "Ball, Bike, Bread, Chair, Cheese, Cup, Desk, Gloves, Hat, Keyboard, Lamp, Mouse, "
        "Pants, Pizza, Salad, Shirt, Shoes, Soap, Table, Towels",
        "randomProductAdjective": "Bright, Classic, Compact, Elegant, Ergonomic, Handmade, Incredible, Light, "
        "Modern, Practical, Refined, Rustic, Simple, Sleek, Small, Sturdy, Unbranded",
        "randomProductMaterial": "Aluminium, Bamboo, Canvas, Ceramic, Concrete, Cork, Cotton, Glass, Granite, "
        "Leather, Linen, Marble, Metal, Paper, Plastic, Rubber, Silk, Steel, Wooden, Wool",
        "randomNoun": "array, bridge, buffer, cable, card, clock, disk, driver, engine, filter, index, link, "
        "matrix, packet, panel, port, probe, queue, router, sensor, signal, socket, stream, switch",
        "randomVerb": "bundle, check, compare, connect, copy, count, fetch, index, join, load, measure, merge, "
        "parse, print, read, repair, reset, send, sort, split, store, trace, verify, write",
        "randomIngverb": "bundling, checking, comparing, connecting, copying, counting, fetching, indexing, joining, "
        "loading, measuring, merging, parsing, printing, reading, repairing, resetting, sending, "
        "sorting, splitting, storing, tracing",
        "randomAdjective": "analog, back-end, bright, compact, digital, double, empty, fast, hollow, idle, local, "
        "narrow, neural, open, optical, primary, quiet, redundant, remote, rigid, shared, solid, "
        "virtual, wireless",
        "randomWeekday": "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
        "randomMonth": "January, February, March, April, May, June, July, August, September, October, November, "
        "December",
    }.items()
}

#: Name -> what is chosen from.
WORDS: Mapping[str, tuple[str, ...]] = _WORDS | {
    "randomWord": _WORDS["randomNoun"]
    + _WORDS["randomIngverb"]
    + _WORDS["randomAdjective"],
}
WEEKDAYS = WORDS["randomWeekday"]
MONTHS = WORDS["randomMonth"]

#: What Postman names is down (https://github.com/Marak/faker.js/issues/364), and so is what had its subjects too
#: (https://github.com/faker-js/faker/issues/3443). This one answers any seed with a picture of its own, of any subject.
_PICTURES = "https://picsum.photos/seed"
_SUBJECTS = (
    *("abstract", "animals", "business", "cats", "city", "food", "nightlife"),
    *("fashion", "people", "nature", "sports", "transport"),
)

#: Name -> the form of its values: a digit for each `#`, a word of WORDS for each `{name}`.
FORMS: Mapping[str, str] = {
    "randomPhoneNumber": "###-###-####",
    "randomPhoneNumberExt": "##-###-###-####",
    "randomBankAccount": "########",
    "randomCreditCardMask": "####",
    "randomSemver": "#.#.#",
    "randomWords": "{randomWord} {randomWord} {randomWord}",
    "randomJobTitle": "{randomJobDescriptor} {randomJobArea} {randomJobType}",
    "randomBs": "{randomBsBuzz} {randomBsAdjective} {randomBsNoun}",
    "randomCatchPhrase": "{randomCatchPhraseAdjective} {randomCatchPhraseDescriptor} {randomCatchPhraseNoun}",
    "randomProductName": "{randomProductAdjective} {randomProductMaterial} {randomProduct}",
    "randomPhrase": "You can {randomVerb} the {randomAbbreviation} {randomNoun} by {randomIngverb} "
    "the {randomAdjective} {randomNoun}!",
    "randomFileName": "{randomAdjective}_{randomNoun}_{randomVerb}.{randomFileExt}",
    "randomCommonFileName": "{randomAdjective}_{randomNoun}_{randomVerb}.{randomCommonFileExt}",
    "randomFilePath": "{randomDirectoryPath}/{randomAdjective}_{randomNoun}.{randomFileExt}",
    "randomAvatarImage": f"{_PICTURES}/avatar-#####/128/128",
    "randomImageUrl": f"{_PICTURES}/#####/640/480",
    **{f"random{s.title()}Image": f"{_PICTURES}/{s}-#####/640/480" for s in _SUBJECTS},
}
