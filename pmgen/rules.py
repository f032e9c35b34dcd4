"""Everything that pmgen reports, as a table: code, severity, remedy, and what `pmgen explain` says.

A code is stable: users grep for it and silence it. A remedy says what the user can do.
"""

from __future__ import annotations

import enum


class Severity(enum.StrEnum):
    """INFO is a note; a WARNING was worked around with a loss; after an ERROR nothing is written."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR


class Rule(enum.Enum):
    """PM00x: the file; PM01x: project and output; PM02x: structure; PM03x: auth and scripts; PM04x: requests;
    PM05x: saved examples; PM06x: variables.
    """

    UNREADABLE = (
        "PM001",
        _ERROR,
        "Check the path and its permissions.",
        "The file or folder could not be read from disk.",
    )
    ENCODING = (
        "PM002",
        _WARNING,
        "Save the file as UTF-8.",
        "Postman writes UTF-8. These bytes are neither UTF-8 nor marked as another Unicode encoding, so each byte was "
        "taken for a character of latin-1. Letters beyond ASCII may be wrong.",
    )
    NOT_JSON = (
        "PM003",
        _ERROR,
        "Export the collection again, or mend it.",
        "The text of the file does not follow the grammar of JSON, at the line and column given. The usual causes are "
        "merge conflict markers, a trailing comma, or a file that was cut.",
    )
    NOT_A_COLLECTION = (
        "PM004",
        _ERROR,
        "Give a Postman collection, request, folder, data dump, or a v3 folder.",
        "The file is readable, but its content is nothing that pmgen compiles. What a file is is told by its content: "
        "`item` makes a collection of format 2, `requests` one of format 1, `request` a single item, `collections` a "
        "data dump; a folder with `*.request.yaml` files is a collection of format 3.",
    )
    WRONG_TYPE = (
        "PM005",
        _WARNING,
        "Mend this place of the collection; it was left out.",
        "A value has a type that makes no sense in its place, and that Postman could not use either. The rest of the "
        "collection was read without it.",
    )
    DUPLICATE_KEY = (
        "PM006",
        _WARNING,
        "Remove one; the last one was used.",
        "An object has the same key twice. Readers of JSON differ in what they make of it; like Postman, pmgen takes "
        "the last.",
    )
    LIMIT = (
        "PM007",
        _ERROR,
        "Make this part of the file smaller.",
        "Nesting or a number is beyond what pmgen reads. The limits are far beyond real collections "
        "and keep damaged or hostile files from taking the machine.",
    )
    CONFIGURATION = (
        "PM008",
        _ERROR,
        "Mend pmgen.toml.",
        "The project's settings can't be used: unknown keys and wrong types are errors, so that a typo does not go "
        "unnoticed.",
    )
    OUTPUT = (
        "PM009",
        _ERROR,
        "Choose another --out, or mend the place.",
        "The output folder can't be written, or holds a manifest that pmgen did not write.",
    )
    EDITED = (
        "PM010",
        _ERROR,
        "Move the edit to the collection or the template, or give --force to lose it.",
        "A generated file is not as pmgen wrote it. Overwriting it would lose somebody's work.",
    )
    DEFECT = (
        "PM011",
        _ERROR,
        "This is a defect of pmgen; please report it.",
        "pmgen made something that is no valid Python. Nothing was written.",
    )
    TEMPLATE = (
        "PM018",
        _ERROR,
        "Mend the template (docs/templates.md says what it sees), or take it away.",
        "A template of the folder that pmgen.toml names under `templates` cannot be read, fails, or makes what is no valid "
        "Python. Nothing was written.",
    )
    NOT_AN_ENVIRONMENT = (
        "PM012",
        _ERROR,
        "Give an exported environment or globals file.",
        "--environment and --globals take Postman's exports: JSON with `values`, or `*.environment.yaml` and "
        "`*.globals.yaml` of format 3.",
    )
    ENVIRONMENT_AS_COLLECTION = (
        "PM014",
        _ERROR,
        "Give it with --environment or --globals, and a collection as SOURCE.",
        "The source is a Postman environment or globals: variables, and nothing to call.",
    )
    NOT_YAML = (
        "PM013",
        _ERROR,
        "Mend the file.",
        "The text does not follow the grammar of YAML, at the line and column given. The commonest fault is a value "
        'that begins with a variable and has no quotes: `url: {{base}}/x` must be `url: "{{base}}/x"`.',
    )
    SAMPLE_NOT_JSON = (
        "PM015",
        _ERROR,
        "Mend the file: JSON, or one JSON value on each line.",
        "A sample can't be read as JSON with certainty, at the line and column given. Comments, trailing commas and "
        "the like are repaired where that can be done in one way.",
    )
    SAMPLE_REPAIRED = (
        "PM016",
        _INFO,
        "Mend the file to be sure.",
        "A sample is not quite JSON (comments, trailing commas, single quotes, …). What it means is certain all the "
        "same; the repaired value was used.",
    )
    PIN = (
        "PM017",
        _ERROR,
        "Mend the pin in pmgen.toml, or remove it.",
        "A pin (a name, a type or a pagination that pmgen.toml chooses for one place of a collection) can't hold: its "
        "trail or path leads to nothing or to what is of no use there, the name is no identifier or is needed by the "
        "generated code, or another pin has it. Places are written as in .pmgen.json: `Folder/Request 200 $.key[].key`.",
    )
    NO_REQUEST = (
        "PM020",
        _WARNING,
        "Give the item a request with a URL.",
        "An item without a request, or with an empty URL, can't be sent by Postman either. It gets no method.",
    )
    NO_HOST = (
        "PM021",
        _WARNING,
        "Give the request's URL a host.",
        "The URL has a path and no host. The client takes the server as a setting.",
    )
    KEY_GUESSED = (
        "PM022",
        _INFO,
        "Rename the key, so that Postman finds it too.",
        "A key has the name that some tools write and Postman does not know. It was read as what it must mean.",
    )
    WITHOUT_EFFECT = (
        "PM023",
        _INFO,
        "Remove it, or move it to where Postman looks.",
        "The file says something that Postman does not act upon, so neither does the client: variables of folders and "
        "requests, auth beside a request, variables without a key, keys of another format.",
    )
    ORDER_BROKEN = (
        "PM024",
        _WARNING,
        "Export the collection again.",
        "The id lists of a format 1 collection (`order`, `folders_order`) do not fit its requests and folders. What no "
        "list mentions was put at the end; ids that lead to nothing were skipped.",
    )
    KIND_UNSUPPORTED = (
        "PM025",
        _WARNING,
        "Call it by other means; pmgen compiles HTTP requests.",
        "The request is of a protocol other than HTTP (gRPC, WebSocket, Socket.IO, MQTT, MCP, …). It gets no method.",
    )
    FILE_SKIPPED = (
        "PM026",
        _WARNING,
        "Mend or remove the file.",
        "A file of a format 3 collection can't be used: it has no `$kind`, or one that does not fit its name. Postman "
        "skips it silently.",
    )
    ORPHAN = (
        "PM027",
        _WARNING,
        "Add the request, or remove the example.",
        "A saved example belongs to a request that does not exist (any more). It was left out.",
    )
    MEMBERS_IGNORED = (
        "PM028",
        _WARNING,
        "Keep one of the keys; Postman reads only one.",
        "An object holds requests under more than one key (`item` beside `request`, `items`, `requests`, …). Postman "
        "reads one of them: `item` makes a folder, whatever else stands beside it. The others were left out.",
    )
    AUTH_UNSUPPORTED = (
        "PM030",
        _WARNING,
        "Pass auth= (any httpx2.Auth) to the client.",
        "Postman has this kind of auth, and the client has no code for it yet.",
    )
    AUTH_UNKNOWN = (
        "PM031",
        _WARNING,
        "Postman sends no auth here either.",
        "The auth's type is none that Postman knows. A type of any name ends inheritance, so the request is sent "
        "without auth.",
    )
    CREDENTIAL_REMOVED = (
        "PM032",
        _WARNING,
        "Put the credential into a variable; the client takes it as a setting.",
        "A token, password or key stands in the collection in plain text. It reaches no generated file; the client "
        "takes it as a setting. Whoever can read the collection can read it: consider it known.",
    )
    SCRIPT_CHANGES_REQUEST = (
        "PM033",
        _WARNING,
        "Do the same in an httpx2 event hook or auth, or before the call.",
        "A script that runs before the request changes it, signs it, or decides whether and what is sent. Generated "
        "clients run no scripts, so what they send differs.",
    )
    SCRIPT_IGNORED = (
        "PM034",
        _INFO,
        "Nothing is lost for the client; keep the script for Postman.",
        "Scripts are Postman's own tests or set variables of a run. Generated clients run none.",
    )
    BEHAVIOUR_IGNORED = (
        "PM035",
        _INFO,
        "Configure the httpx2 client that you pass as http=.",
        "Settings of the connection (TLS, proxies, certificates, cookies, HTTP versions, how redirects are followed) "
        "belong to the HTTP client. The generated client leaves them to the one that it is given. Of "
        "protocolProfileBehavior it heeds disableBodyPruning, followRedirects and disabledSystemHeaders.",
    )
    AUTH_INHERIT = (
        "PM036",
        _WARNING,
        "Remove the auth to inherit; Postman's tools send none for `inherit`.",
        "Format 3 documents the auth type `inherit`. pmgen reads it as documented; Postman's own tools were seen to "
        "send no auth for it.",
    )
    AUTH_SEVERAL = (
        "PM037",
        _WARNING,
        "Keep one auth; Postman applies the last.",
        "A list of several auths stands where one is applied.",
    )
    BODY_UNTYPED = (
        "PM040",
        _WARNING,
        "Choose one of Postman's: raw, urlencoded, formdata, file or graphql.",
        "The body's mode is none that Postman knows, so nothing is sent.",
    )
    BODY_PRUNED = (
        "PM041",
        _INFO,
        "Set disableBodyPruning in the request's settings to send it.",
        "Postman drops the body of GET, HEAD, COPY, PURGE and UNLOCK requests, so the client sends none.",
    )
    BODY_NOT_JSON = (
        "PM042",
        _WARNING,
        "Make the body valid JSON to get a typed argument.",
        "The body is declared as JSON and can't be read as JSON with certainty. The caller gives it as text.",
    )
    QUERY_VALUE_DROPPED = (
        "PM043",
        _INFO,
        "Make the value a string.",
        "Postman sends only strings as query values; a number or boolean is dropped and the name is sent alone. In "
        "headers, forms and auth, lists and objects become nothing.",
    )
    QUERY_UNNAMED = (
        "PM044",
        _INFO,
        "Give the parameter a name to send it.",
        "A query parameter without a name has no argument, and the client does not send it.",
    )
    HEADER_SKIPPED = (
        "PM045",
        _INFO,
        "Give it a name that HTTP allows, unless the HTTP library sends its own.",
        "Some headers are the HTTP library's (Content-Length, Connection, …), some names are not allowed by HTTP, and a "
        "line of text without a colon has no name.",
    )
    BODY_REPAIRED = (
        "PM046",
        _INFO,
        "Mend the body to be sure.",
        "The body is not quite JSON; what it means is certain all the same, and its type was taken from that.",
    )
    EXAMPLE_NOT_JSON = (
        "PM050",
        _WARNING,
        "Mend the example's body.",
        "The body of a saved example is declared as JSON and can't be read as JSON with certainty. Types and tests were "
        "made without the example.",
    )
    EXAMPLE_WITHOUT_STATUS = (
        "PM051",
        _INFO,
        "Give the example a status.",
        "A saved example without an HTTP status is taken for a 200.",
    )
    EXAMPLE_SKIPPED = (
        "PM052",
        _WARNING,
        "Mend the example, or the request that it belongs to.",
        "A saved example was not used.",
    )
    EXAMPLE_REPAIRED = (
        "PM053",
        _INFO,
        "Mend the example's body to be sure.",
        "The body is not quite JSON (comments, trailing commas, variables without quotes, …). What it means is certain "
        "all the same; the repaired value was used.",
    )
    PLACEHOLDERS = (
        "PM054",
        _INFO,
        "Save a real reply to get better types.",
        "Examples made from an OpenAPI description hold type names instead of values: `<integer>`, `<float>`, "
        "`<boolean>`. A value of that type was put in their place. Those of texts (`<string>`, `<dateTime>`) are texts "
        "already, and stay.",
    )
    UNKNOWN_VALUES = (
        "PM055",
        _INFO,
        "Save a real reply to get the type.",
        'Parts of an example are unknown: "<Error: Too many levels of nesting to fake this schema>", which Postman '
        "writes where it gave up, or a variable without quotes. They count as null, and in lists not at all.",
    )
    ORIGINAL_UNUSED = (
        "PM056",
        _INFO,
        "Save the example again.",
        "A saved example keeps the request that it answers. The body of this one can't be read as JSON with certainty, "
        "so it says nothing about the type of the operation's body.",
    )
    EXAMPLE_BODY_UNUSED = (
        "PM057",
        _INFO,
        "Nothing is lost for the client.",
        "What was saved as the body of a reply can't be one: a reply to HEAD has none, and of a binary reply Postman "
        "saves a text that is not its bytes. The reply's status and kind were used.",
    )
    DISABLED = (
        "PM060",
        _INFO,
        "Switch it on to use it.",
        "A variable that is switched off is not found; the next scope is searched.",
    )
    ENVIRONMENT_UNUSED = (
        "PM061",
        _INFO,
        "Give it with --environment or --globals to use it.",
        "The source holds environments or globals beside its collections. Which one is meant is the user's choice.",
    )
    SCOPE_UNFINISHED = (
        "PM062",
        _WARNING,
        "Break the circle, or shorten the chain.",
        "A variable's value leads to itself, or through more than 19 others. Postman stops there and sends the rest as "
        "it is written.",
    )

    @property
    def code(self) -> str:
        """The stable code, such as PM003."""
        return self.value[0]

    @property
    def severity(self) -> Severity:
        """How bad it is; the same for every occurrence."""
        return self.value[1]

    @property
    def remedy(self) -> str:
        """What the user can do about it."""
        return self.value[2]

    @property
    def about(self) -> str:
        """What it means and why, for `pmgen explain`."""
        return self.value[3]
