"""The tool that tells the weather: by Open-Meteo, which needs no key; nothing is ever made up.

Open-Meteo is free for non-commercial use; its data are under CC BY 4.0 and name it as their source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.adapters.tools.own_tool import SOURCE, OwnTool, ToolFault, schema
from app.adapters.tools.web import Web, status_words
from app.core.tool import CallContext, Effect, Tool, ToolOutcome

PLACES = "https://geocoding-api.open-meteo.com/v1/search"
FORECAST = "https://api.open-meteo.com/v1/forecast"
CREDIT = "Weather data by Open-Meteo.com (CC BY 4.0)"
MOST_DAYS = 7
NOW = (
    "temperature_2m,apparent_temperature,relative_humidity_2m,precipitation,weather_code,"
    "wind_speed_10m,wind_direction_10m"
)
DAILY = "weather_code,temperature_2m_max,temperature_2m_min,precipitation_sum"
WEATHER = Tool(
    "own:weather",
    "get_weather",
    SOURCE,
    "Tells the current weather and the forecast of a place, from a weather service on the network "
    "(Open-Meteo). If it fails, say so; never make up weather.",
    schema(
        ("location",),
        location={
            "type": "string",
            "maxLength": 100,
            "description": 'A city or town, such as "Shanghai" or "Paris", in any language; '
            "nothing else beside the name.",
        },
        country={
            "type": "string",
            "maxLength": 2,
            "description": 'The two letters of its country ("CN", "US"), where several places '
            "have the name.",
        },
        unit={
            "type": "string",
            "maxLength": 10,
            "enum": ["celsius", "fahrenheit"],
            "description": "Of temperatures; celsius without it.",
        },
        days={
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_DAYS,
            "description": "How many days of forecast to give, today included; 3 without it.",
        },
    ),
    Effect.LEAVES,
    reads_only=True,
)
# The codes of the World Meteorological Organization, as the service uses them.
_SKY = {
    0: "clear sky",
    1: "mainly clear",
    2: "partly cloudy",
    3: "overcast",
    45: "fog",
    48: "freezing fog",
    51: "light drizzle",
    53: "drizzle",
    55: "dense drizzle",
    56: "light freezing drizzle",
    57: "freezing drizzle",
    61: "slight rain",
    63: "rain",
    65: "heavy rain",
    66: "light freezing rain",
    67: "freezing rain",
    71: "slight snowfall",
    73: "snowfall",
    75: "heavy snowfall",
    77: "snow grains",
    80: "slight rain showers",
    81: "rain showers",
    82: "violent rain showers",
    85: "slight snow showers",
    86: "heavy snow showers",
    95: "thunderstorm",
    96: "thunderstorm with slight hail",
    99: "thunderstorm with heavy hail",
}


def weather(web: Web, places: str = PLACES, forecast: str = FORECAST) -> OwnTool:
    """`places` and `forecast` are the addresses of the service."""

    async def answer(arguments: Mapping[str, Any], _context: CallContext) -> ToolOutcome:
        place = await _place(web, places, arguments)
        asked = {
            "latitude": place["latitude"],
            "longitude": place["longitude"],
            "current": NOW,
            "daily": DAILY,
            "timezone": "auto",
            "forecast_days": arguments.get("days", 3),
            "temperature_unit": arguments.get("unit", "celsius"),
        }
        found = await _asked(web, forecast, asked)
        try:
            return ToolOutcome("\n".join([_named(place), *_now(found), *_days(found), CREDIT]))
        except (KeyError, TypeError, IndexError, AttributeError):
            raise ToolFault("The weather service gave an answer that is not known here.") from None

    return OwnTool(WEATHER, answer)


async def _place(web: Web, address: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    name = arguments["location"].strip()
    # Models write "Paris, France": the service knows the name alone.
    bare = name.partition(",")[0].strip() or name
    asked = {"name": bare, "count": 5, "format": "json", "language": "en"}
    if country := arguments.get("country"):
        asked["countryCode"] = country.upper()
    results = (await _asked(web, address, asked)).get("results")
    for place in results if isinstance(results, list) else ():
        here = place if isinstance(place, dict) else {}
        if all(isinstance(here.get(key), int | float) for key in ("latitude", "longitude")):
            return here
    raise ToolFault(f"The weather service knows no place named {name!r}.")


async def _asked(web: Web, address: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The service's JSON object. Raises ToolFault, which says that the network is needed."""
    try:
        fetched = await web.get(f"{address}?{urlencode(asked)}", "application/json")
    except ToolFault as fault:
        words = f"The weather could not be asked for: this needs the network. {fault}"
        raise ToolFault(words) from None
    try:
        found = json.loads(fetched.data)
    except (ValueError, RecursionError):
        found = None
    if fetched.status != 200:
        reason = str(found.get("reason", ""))[:300] if isinstance(found, dict) else ""
        words = f"The weather service answers {status_words(fetched.status)}. {reason}"
        raise ToolFault(words.strip())
    if not isinstance(found, dict):
        raise ToolFault("The weather service gave an answer that is not known here.")
    return found


def _named(place: Mapping[str, Any]) -> str:
    parts = (place.get("name"), place.get("admin1"), place.get("country"))
    named = ", ".join(dict.fromkeys(str(part)[:100] for part in parts if part))
    return f"{named} ({place['latitude']:.2f}, {place['longitude']:.2f})"


def _now(found: Mapping[str, Any]) -> list[str]:
    now, units = found["current"], found["current_units"]

    def said(name: str) -> str:
        return f"{now[name]} {units[name]}"

    when = f"{now['time']} {found.get('timezone') or ''}".strip()
    return [
        f"Now (as of {when}): {_sky(now['weather_code'])}, {said('temperature_2m')}, "
        f"feels like {said('apparent_temperature')}, humidity {said('relative_humidity_2m')}, "
        f"precipitation {said('precipitation')}, wind {said('wind_speed_10m')} from "
        f"{now['wind_direction_10m']}°"
    ]


def _days(found: Mapping[str, Any]) -> list[str]:
    daily, units = found["daily"], found["daily_units"]
    degrees, wet = units["temperature_2m_max"], units["precipitation_sum"]
    return [
        f"{day}: {_sky(daily['weather_code'][at])}, {daily['temperature_2m_min'][at]} to "
        f"{daily['temperature_2m_max'][at]} {degrees}, precipitation "
        f"{daily['precipitation_sum'][at]} {wet}"
        for at, day in enumerate(daily["time"][:MOST_DAYS])
    ]


def _sky(code: Any) -> str:
    return _SKY.get(code, f"weather code {code}") if isinstance(code, int) else "unknown sky"
