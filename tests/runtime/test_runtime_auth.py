"""Auths that sign or answer, against published values and other implementations."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import typing
from urllib.parse import parse_qsl, urlsplit

import httpx2
import jwt as pyjwt
import oauthlib.oauth1
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime import auth_aws, auth_jwt
from pmgen.runtime.auth_aws import AwsV4
from pmgen.runtime.auth_digest import Answerer, Challenge, Digest
from pmgen.runtime.auth_edgegrid import EdgeGrid
from pmgen.runtime.auth_hawk import Hawk
from pmgen.runtime.auth_jwt import Asap, Jwt
from pmgen.runtime.auth_oauth1 import OAuth1
from pmgen.runtime.auth_oauth2 import OAuth2
from pmgen.runtime.auth_shared import AuthError
from pmgen.runtime.auth_tokens import OAuth2Grant
from pmgen.runtime.draft import Draft

if typing.TYPE_CHECKING:
    from pmgen.runtime.auth import Auth

Pairs = list[tuple[str, str]]
MOMENT = datetime.datetime(2015, 8, 30, 12, 36, tzinfo=datetime.UTC)
CALLERS = frozenset({"authorization"})


def draft(
    method: str, url: str, *headers: tuple[str, str], **more: typing.Any
) -> Draft:
    query = urlsplit(url).query
    pairs: list[typing.Any] = parse_qsl(query, keep_blank_values=True)
    return Draft(method, url.partition("?")[0], pairs, [*headers], **more)


def authorization(auth: Auth, found: Draft) -> str:
    auth.apply(found, {})
    return found.header("Authorization") or ""


# --- AWS: the test suite of Signature Version 4, "get-vanilla" and its like.

AWS = AwsV4(
    "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service"
)
AWS_URL = "https://example.amazonaws.com/"


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_aws, "now", lambda: MOMENT)
    monkeypatch.setattr(auth_jwt, "now", lambda: MOMENT)


@pytest.mark.usefixtures("moment")
@pytest.mark.parametrize(
    ("method", "url", "signature"),
    [
        ("GET", AWS_URL, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", AWS_URL, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        ("GET", AWS_URL + "?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    ],
)  # fmt: skip
def test_aws_signs_as_published(method: str, url: str, signature: str) -> None:
    assert authorization(AWS, draft(method, url)) == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={signature}"
    )


@pytest.mark.usefixtures("moment")
def test_aws_signs_in_the_query() -> None:
    found = draft("GET", AWS_URL)
    AwsV4("AK", "s", "", "", "t", query=True).apply(found, {})
    assert found.headers == []
    names = [name for name, _ in found.query]
    assert names == [
        *("X-Amz-Security-Token", "X-Amz-Date", "X-Amz-Algorithm", "X-Amz-Credential"),
        *("X-Amz-SignedHeaders", "X-Amz-Signature"),
    ]


@pytest.mark.usefixtures("moment")
def test_aws_signs_the_body() -> None:
    first = draft("PUT", AWS_URL, content=b"a")
    other = draft("PUT", AWS_URL, content=b"b")
    assert authorization(AWS, first) != authorization(AWS, other)
    assert first.header("X-Amz-Content-Sha256") == hashlib.sha256(b"a").hexdigest()


# --- OAuth 1: RFC 5849, 1.2; and oauthlib.

RFC = OAuth1(
    "dpf43f3p2l4k3l03",
    "kd94hf93k423kf44",
    "nnch734d00sl2jdk",
    "pfkkdhi9sl3r4s00",
    "HMAC-SHA1",
    timestamp="137131202",
    nonce="chapoH",
    header=True,
)


def test_oauth1_signs_as_published() -> None:
    url = "http://photos.example.net/photos?file=vacation.jpg&size=original"
    found = authorization(RFC, draft("GET", url))
    assert 'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"' in found
    assert found.startswith('OAuth oauth_consumer_key="dpf43f3p2l4k3l03",')


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6
)
# oauthlib makes a dict of a list of fields, so that of one name the last counts; RFC 5849, 3.4.1.3 takes all.
FIELDS = st.lists(
    st.tuples(TEXTS.filter(bool), TEXTS),
    min_size=1,
    max_size=3,
    unique_by=lambda pair: pair[0],
)


@given(
    TEXTS.filter(bool),
    TEXTS.filter(bool),
    FIELDS,
    st.sampled_from(["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"]),
)
def test_oauth1_signs_as_oauthlib(
    secret: str, token: str, form: Pairs, method: str
) -> None:
    auth = OAuth1(
        *("key", "{secret}", "token", "{token}", method),
        timestamp="1",
        nonce="n",
        header=True,
        empty=True,
        version="1.0",
    )
    headers = ("Content-Type", "application/x-www-form-urlencoded")
    found = draft("POST", "https://h.test/a%20b?x=1", headers, form=form)
    auth.apply(found, {"secret": secret, "token": token})
    client = oauthlib.oauth1.Client(
        *("key", secret, "token", token),
        signature_method=method,
        timestamp="1",
        nonce="n",
    )
    _, expected, _ = client.sign(
        found.whole_url, "POST", form or None, {headers[0]: headers[1]}
    )
    theirs = expected["Authorization"].partition('oauth_signature="')[2]
    ours = (found.header("Authorization") or "").partition('oauth_signature="')[2]
    assert ours.partition('"')[0] == theirs.partition('"')[0] != ""


def test_oauth1_goes_to_the_form_or_the_query() -> None:
    plain = OAuth1("k", "s", signature_method="PLAINTEXT", timestamp="1", nonce="n")
    form = draft("POST", "https://h.test/", form=[("a", "b")])
    plain.apply(form, {})
    assert form.form is not None
    assert form.form[0] == ("a", "b")
    assert ("oauth_signature", "s&") in form.form
    query = draft("GET", "https://h.test/?a=b")
    plain.apply(query, {})
    assert ("oauth_signature", "s&") in query.query
    assert query.header("Authorization") is None


# --- Hawk: the example of its README.

HAWK = Hawk(
    "dh37fgj492je",
    "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn",
    "sha256",
    nonce="j4h3g2",
    timestamp="1353832234",
    extra_data="some-app-ext-data",
    payload_hash=True,
)
HAWK_URL = "http://example.com:8000/resource/1?b=1&a=2"


def test_hawk_signs_as_published() -> None:
    assert authorization(HAWK, draft("GET", HAWK_URL)) == (
        'Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", ext="some-app-ext-data", '
        'mac="6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE="'
    )


def test_hawk_signs_a_body_as_published() -> None:
    found = draft(
        "POST",
        HAWK_URL,
        ("Content-Type", "text/plain; charset=x"),
        content=b"Thank you for flying Hawk",
    )
    header = authorization(HAWK, found)
    assert 'hash="Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY="' in header
    assert 'mac="aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw="' in header


# --- Digest: RFC 2617, 3.5 and RFC 7616, 3.9.1.

NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
MUFASA = Answerer("Mufasa", "Circle of Life", cnonce=CNONCE)


@pytest.mark.parametrize(
    ("answerer", "challenge", "response"),
    [
        (
            Answerer("Mufasa", "Circle Of Life", cnonce="0a4f113b"),
            Challenge("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "", "auth"),
            "6629fae49393a05397450978507c4ef1",
        ),
        (
            MUFASA,
            Challenge("http-auth@example.org", NONCE, "MD5", "auth"),
            "8ca523f5e9506fed4657c9700eebdbec",
        ),
        (
            MUFASA,
            Challenge("http-auth@example.org", NONCE, "SHA-256", "auth"),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
    ],
)  # fmt: skip
def test_digest_answers_as_published(
    answerer: Answerer, challenge: Challenge, response: str
) -> None:
    found = answerer.header(challenge, "GET", "/dir/index.html", b"")
    assert f'response="{response}"' in found


def test_digest_answers_a_server_that_asks() -> None:
    sent: list[httpx2.Request] = []

    def server(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        if "authorization" in request.headers:
            return httpx2.Response(200)
        asked = 'Basic realm="x", Digest realm="r", qop="auth,auth-int", nonce="n", opaque="o"'
        return httpx2.Response(401, headers={"WWW-Authenticate": asked})

    found = draft("GET", "https://h.test/x?y=1")
    Digest("u", "p").apply(found, {})
    with httpx2.Client(transport=httpx2.MockTransport(server), auth=found.flow) as http:
        assert http.get(found.whole_url).status_code == 200
    header = sent[1].headers["authorization"]
    assert 'uri="/x?y=1"' in header
    assert 'opaque="o"' in header
    cnonce = header.partition('cnonce="')[2].partition('"')[0]
    secret, asked = _md5("u:r:p"), _md5("GET:/x?y=1")
    proof = _md5(f"{secret}:n:00000001:{cnonce}:auth:{asked}")
    assert f'response="{proof}"' in header


def _md5(text: str) -> str:
    return hashlib.new("md5", text.encode(), usedforsecurity=False).hexdigest()


def test_digest_with_realm_and_nonce_does_not_wait() -> None:
    auth = Digest("Mufasa", "Circle Of Life", "r", "n", qop="auth", client_nonce="c")
    assert authorization(auth, draft("GET", "https://h.test/")).startswith("Digest ")


# --- EdgeGrid: the values of Akamai's own test data.

EDGE = EdgeGrid(
    "akab-access-token-xxx-xxxxxxxxxxxxxxxx",
    "akab-client-token-xxx-xxxxxxxxxxxxxxxx",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=",
    "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
    "20140321T19:34:21+0000",
)
EDGE_URL = "https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net/"


def test_edgegrid_signs_as_published() -> None:
    found = authorization(EDGE, draft("GET", EDGE_URL))
    assert found.endswith("signature=tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=")


# --- JWT and ASAP: the signature by hand, and PyJWT's reading.

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = PRIVATE.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
).decode()


def decoded(part: str) -> typing.Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_jwt_with_a_secret() -> None:
    auth = Jwt("HS256", "s3cret", payload='{{"a": 1}}', header='{{"kid": "k"}}')
    kind, _, token = authorization(auth, draft("GET", "https://h.test/")).partition(" ")
    head, payload, signature = token.split(".")
    mac = hmac.digest(b"s3cret", f"{head}.{payload}".encode(), "sha256")
    assert kind == "Bearer"
    assert (decoded(head), decoded(payload)) == ({"alg": "HS256", "kid": "k"}, {"a": 1})
    assert signature == base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


@pytest.mark.parametrize("key", [PEM, PEM.replace("\n", " "), PEM.replace("\n", "\\n")])
def test_jwt_with_a_key(key: str) -> None:
    found = draft("GET", "https://h.test/")
    auth = Jwt("RS256", private_key="{key}", payload="{{}}", query=True, query_key="q")
    auth.apply(found, {"key": key})
    ((name, token),) = found.query
    assert name == "q"
    head, payload, signature = str(token).split(".")
    PRIVATE.public_key().verify(
        base64.urlsafe_b64decode(signature + "=="),
        f"{head}.{payload}".encode(),
        padding.PKCS1v15(),
        SHA256(),
    )


@pytest.mark.usefixtures("moment")
def test_asap_names_issuer_and_audience() -> None:
    auth = Asap("k/1", "me", "you", "{key}", claims='{{"x": 1}}', exp="60")
    found = draft("GET", "https://h.test/")
    auth.apply(found, {"key": PEM})
    token = (found.header("Authorization") or "").removeprefix("Bearer ")
    claims = pyjwt.decode(
        token,
        PRIVATE.public_key(),
        algorithms=["RS256"],
        audience="you",
        options={"verify_exp": False},
    )
    jti = claims.pop("jti")
    time = int(MOMENT.timestamp())
    assert len(jti) == 36
    assert claims == {
        "x": 1,
        "iat": time,
        "iss": "me",
        "sub": "me",
        "aud": "you",
        "exp": time + 60,
    }
    assert pyjwt.get_unverified_header(token)["kid"] == "k/1"


# --- OAuth 2.


@pytest.mark.parametrize(
    ("auth", "headers", "query"),
    [
        (OAuth2("t"), [("Authorization", "Bearer t")], []),
        (OAuth2("t", prefix=" X "), [("Authorization", "X t")], []),
        (OAuth2("t", prefix=""), [("Authorization", "t")], []),
        (OAuth2("t", query=True), [], [("access_token", "t")]),
        (OAuth2(""), [], []),
        (OAuth2("t", "Bearer", False, "mac"), [], []),
    ],
)
def test_oauth2_has_a_token(auth: OAuth2, headers: Pairs, query: Pairs) -> None:
    found = draft("GET", "https://h.test/")
    auth.apply(found, {})
    assert (found.headers, found.query) == (headers, query)


class TokenServer:
    """Gives tokens 1, 2, … and refuses all but the last."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []
        self.seen: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/token":
            self.asked.append(request)
            body = {"access_token": f"t{len(self.asked)}", "token_type": "bearer"}
            return httpx2.Response(200, json=body)
        self.seen.append(request.headers.get("authorization", ""))
        good = self.seen[-1] == f"Bearer t{len(self.asked)}"
        return httpx2.Response(200 if good else 401)


def grant(name: str, token: str = "") -> OAuth2Grant:
    url = f"https://{name}.test/token"
    return OAuth2Grant("client_credentials", url, "id", "s", "a b", access_token=token)


def call(auth: Auth, server: TokenServer) -> int:
    found = draft("GET", "https://h.test/x")
    auth.apply(found, {})
    with httpx2.Client(transport=httpx2.MockTransport(server)) as http:
        return http.get(found.whole_url, auth=found.flow or httpx2.Auth()).status_code


def test_a_token_is_fetched_once_and_kept() -> None:
    server, auth = TokenServer(), grant("once")
    assert [call(auth, server), call(auth, server)] == [200, 200]
    (asked,) = server.asked
    assert dict(parse_qsl(asked.content.decode())) == {
        "grant_type": "client_credentials",
        "scope": "a b",
    }
    assert (
        asked.headers["authorization"] == "Basic " + base64.b64encode(b"id:s").decode()
    )
    assert server.seen == ["Bearer t1", "Bearer t1"]


def test_a_refused_token_is_fetched_anew() -> None:
    server = TokenServer()
    assert call(grant("refused", "old"), server) == 200
    assert server.seen == ["Bearer old", "Bearer t1"]


async def _awaited(auth: Auth, server: TokenServer) -> int:
    found = draft("GET", "https://h.test/x")
    auth.apply(found, {})
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(server)) as http:
        response = await http.get(found.whole_url, auth=found.flow or httpx2.Auth())
        return response.status_code


def test_a_token_is_fetched_in_an_event_loop_too() -> None:
    import asyncio

    server, auth = TokenServer(), grant("awaited")
    assert asyncio.run(_awaited(auth, server)) == 200
    assert asyncio.run(_awaited(auth, server)) == 200
    assert len(server.asked) == 1


# --- All of them.

ALL: list[Auth] = [
    AWS,
    RFC,
    HAWK,
    EDGE,
    Digest("u", "p", "r", "n"),
    Jwt("HS256", "s", payload="{{}}"),
    OAuth2("t"),
]


@pytest.mark.parametrize("auth", ALL, ids=lambda auth: type(auth).__name__)
def test_what_the_caller_gave_stays(auth: Auth) -> None:
    found = draft("GET", "https://h.test/", ("Authorization", "mine"), own=CALLERS)
    auth.apply(found, {})
    assert found.header("Authorization") == "mine"


@pytest.mark.parametrize(
    "auth",
    [
        AwsV4("", "x"),
        OAuth1("", "x"),
        Hawk("", "x", "sha256"),
        EdgeGrid("", "x", "y"),
        Digest("", "p", "r", "n"),
        Jwt("HS256"),
        Asap("k", "i", "a", ""),
    ],
    ids=lambda auth: type(auth).__name__,
)
def test_without_a_credential_nothing_is_added(auth: Auth) -> None:
    found = draft("GET", "https://h.test/?a=1")
    auth.apply(found, {})
    assert (found.headers, found.query, found.flow) == ([], [("a", "1")], None)


@pytest.mark.parametrize(
    ("auth", "says"),
    [
        (Hawk("i", "k3y", "md5"), "'md5'"),
        (OAuth1("c", "k3y", signature_method="HMAC-MD5", header=True), "'HMAC-MD5'"),
        (Jwt("none", "k3y", payload="{{}}"), "'none'"),
        (Jwt("HS256", "k3y", payload="k3y"), "not JSON"),
        (Jwt("RS256", private_key="k3y", payload="{{}}"), "PEM"),
        (EdgeGrid("k3y", "k3y", "k3y", max_body_size="k"), "number"),
    ],
)
def test_errors_say_what_is_wrong_and_no_secret(auth: Auth, says: str) -> None:
    with pytest.raises(AuthError, match=says) as caught:
        auth.apply(draft("POST", "https://h.test/"), {})
    assert "k3y" not in str(caught.value)
