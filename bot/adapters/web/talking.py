"""The page of the talk: what is said, pressed and heard there."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import RedirectResponse, Response

from bot.adapters.web.forms import TEXT_LENGTH, read_form
from bot.adapters.web.lines import plain
from bot.adapters.web.pages import page, render
from bot.adapters.web.posts import Post
from bot.adapters.web.sessions import Session
from bot.adapters.web.sorry import Sorry, spoken
from bot.adapters.web.talks import Happening
from bot.adapters.web.web import (
    check_streams,
    counted,
    entered,
    keep_cookie,
    language_of,
    member_of,
    place_of,
    sending,
    visitor,
    web_of,
)
from bot.adapters.web.words import LANGUAGES, words
from bot.conversation.asked import song_id
from bot.conversation.message import Message
from bot.conversation.verbs import verbs

routes = APIRouter(include_in_schema=False)


@routes.get("/")
async def talk_page(request: Request) -> Response:
    web, session = web_of(request), visitor(request)
    language = await language_of(request, session)
    if not web.lets_in(session):
        return RedirectResponse("/login", 303)
    if language != spoken(request):
        # Chosen in words, in the talk: from here on the cookie knows it as well.
        session = request.state.session = replace(session, language=language)
    talk = await web.talks.of(session.place)
    facts = {"session": session, "token": web.sessions.token(session), "nonce": request.state.nonce}
    facts |= {"posts": list(talk.posts.values()), "revision": talk.revision, "operator": session.door == "password"}
    response = page("talk.html", language, request=request, doored=web.doored, **facts)
    keep_cookie(request, response, session)
    return response


@routes.get("/events")
async def events(request: Request, after: int = 0) -> Response:
    """What happens in the talk, from a revision on: the browser asks again with the last one it got."""
    web, session = web_of(request), entered(request)
    talk = await web.talks.of(session.place)
    last = request.headers.get("last-event-id", "")
    revision = int(last) if last.isdecimal() and len(last) < 12 else after
    check_streams(web, session)
    language = await language_of(request, session)
    token = web.sessions.token(session)

    def told(happening: Happening, language: str) -> ServerSentEvent:
        if happening.post:
            html = render("post.html", language, post=happening.post, token=token, request=request)
            return ServerSentEvent(html, event="post", id=str(happening.revision))
        return ServerSentEvent(happening.gone, event="gone" if happening.gone else "busy", id=str(happening.revision))

    async def stream() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(comment="here", retry=1500)
        shown = language
        async for happening in talk.follow(revision):
            now = await language_of(request, session)
            yield told(happening, now)
            if now != shown:
                yield ServerSentEvent(now, event="language")
                shown = now

    return EventSourceResponse(counted(web, session, stream()), ping=20)


def message_id(session: Session, given: str) -> str:
    """The browser names what it sends, so that a repeated request is the same message."""
    return f"{session.place}:{given if re.fullmatch(r'[A-Za-z0-9-]{8,64}', given) else secrets.token_hex(12)}"


def done(request: Request) -> Response:
    """Nothing more to say to a script, and back to the talk without one."""
    return Response(status_code=204) if "hx-request" in request.headers else RedirectResponse("/", 303)


async def hear(request: Request, message: Message, shown: str, about: str = "") -> None:
    """Show what the member did in their talk, and let the house answer it."""
    web = web_of(request)
    if not web.heard.takes(message.id):
        return
    web.counts["messages"] += 1
    talk = await web.talks.of(message.place.id)
    if wants_all_forgotten(message):
        songs = {post.song for post in talk.posts.values()}
        await web.shares.remove(*(token for token, row in web.shares.rows.items() if row["song"] in songs))
        await web.talks.forget(message.place.id)
    now = datetime.now(UTC)
    name = f"{int(now.timestamp() * 1000):013d}-{secrets.token_hex(3)}"
    await talk.put(Post(name, "member", now.isoformat(timespec="seconds"), shown, about=about))
    await web.house.receive(message)


def wants_all_forgotten(message: Message) -> bool:
    """Whether this is the yes to deleting everything about the member: the page forgets the talk as well."""
    mark = "me" + song_id(message.member.id)[:8]
    return message.verb == "forget" and message.argument == "yes" and message.song == mark


@routes.post("/say")
async def say(request: Request) -> Response:
    """A sentence, a ``/command``, a file, or all of them."""
    web, session = web_of(request), sending(request)
    form = await read_form(request, session)
    text = form.get("text", TEXT_LENGTH + 1).replace("\r\n", "\n").strip()
    if len(text) > TEXT_LENGTH:
        raise Sorry(413, "big")
    verb, text = command(text)
    attachment = form.file
    if not (verb or text or attachment):
        raise Sorry(422, "empty")
    if attachment and form.get("verb") in verbs():
        verb = form.get("verb")
    replied = form.get("replied")
    talk = await web.talks.of(session.place)
    answered = talk.posts.get(replied)
    message = Message(
        id=message_id(session, form.get("id")),
        place=place_of(session),
        member=member_of(request, session),
        text=text,
        verb=verb,
        replied=replied if answered and answered.by == "bot" else None,
        quoted=answered.text if answered and answered.by == "member" else "",
        attachment=attachment,
    )
    shown = f"/{verb} {text}".strip() if verb and not attachment else text
    if attachment:
        shown = f"{shown}\n📎 {attachment.name}".strip()
    await hear(request, message, shown[:8000], about(answered))
    return done(request)


def command(text: str) -> tuple[str | None, str]:
    """Split ``/verb words``; a text that begins otherwise is a sentence."""
    found = re.match(r"/(\w{1,32})(?:\s+|$)", text)
    known = found and (found[1].lower() if found[1].lower() in verbs() else _by_label().get(found[1]))
    return (known, text[found.end() :].strip()) if found and known else (None, text)


def _by_label() -> dict[str, str]:
    return {label: verb.name for verb in verbs().values() for label in verb.label.values()} | {"start": "help"}


def about(post: Post | None) -> str:
    return " ".join(post.text.split())[:80] if post else ""


@routes.post("/press")
async def press(request: Request) -> Response:
    """A button: ``data`` as it stands on the post, and words where it asks for some."""
    web, session = web_of(request), sending(request)
    form = await read_form(request, session)
    verb, song, argument = [*form.get("data", 64).split(":", 2), "", ""][:3]
    text = form.get("text", 8001).strip()
    talk = await web.talks.of(session.place)
    post = talk.posts.get(form.get("post"))
    if verb not in verbs():
        raise Sorry(422, "odd")
    label = next((b.label for row in post.buttons for b in row if b.data == form.get("data")), "") if post else ""
    if not web.presses.takes(f"{session.id}:{form.get('post')}:{form.get('data', 64)}:{text}"):
        return done(request)
    message = Message(
        id=message_id(session, form.get("id")),
        place=place_of(session),
        member=member_of(request, session),
        text=text,
        verb=verb,
        song=song if re.fullmatch(r"[a-z0-9]{1,32}", song) else ("-" if song else None),
        argument=argument,
        replied=post.id if post else None,
    )
    language = await language_of(request, session)
    await hear(request, message, text or plain(label) or verbs()[verb].label[language], about(post) if text else "")
    return done(request)


@routes.post("/language")
async def choose_language(request: Request) -> Response:
    """The language switch of the page. Where a talk has begun, the bot is told as well."""
    web, session = web_of(request), sending(request)
    form = await read_form(request, session)
    language = form.get("language")
    if language not in LANGUAGES:
        raise Sorry(422, "odd")
    session = request.state.session = replace(session, language=language)
    talk = await web.talks.of(session.place)
    known = await web.house.archive.members.get(session.place)
    if talk.posts or known:
        member, name = member_of(request, session), words(language)["language"]
        label = {"en": "English", "zh": "中文"}[name]
        message = Message(message_id(session, ""), place_of(session), member, label, "language", argument=language)
        await hear(request, message, label)
    response = Response(status_code=204, headers={"HX-Trigger": "language"})
    if "hx-request" not in request.headers:
        response = RedirectResponse("/", 303)
    keep_cookie(request, response, session)
    return response


@routes.post("/name")
async def choose_name(request: Request) -> Response:
    """The name that is written beside lines the member gives."""
    session = sending(request)
    form = await read_form(request, session)
    response = done(request)
    keep_cookie(request, response, session.named(form.get("name")))
    return response
