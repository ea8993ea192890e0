"""The weather, asked of a stand-in on loopback that answers as Open-Meteo does."""

from __future__ import annotations

import json

import pytest

from app.adapters.tools.own_tool import OwnTool
from app.adapters.tools.weather import weather
from app.adapters.tools.web import Web
from tests.adapters.tools.calling import fault, told
from tests.adapters.tools.web_server import Site, answer, with_site

PLACE = {
    "results": [
        {
            "name": "Shanghai",
            "latitude": 31.22222,
            "longitude": 121.45806,
            "country": "China",
            "admin1": "Shanghai Municipality",
            "timezone": "Asia/Shanghai",
        }
    ]
}
FOUND = {
    "latitude": 31.25,
    "longitude": 121.5,
    "timezone": "Asia/Shanghai",
    "current_units": {
        "temperature_2m": "°C",
        "apparent_temperature": "°C",
        "relative_humidity_2m": "%",
        "precipitation": "mm",
        "wind_speed_10m": "km/h",
    },
    "current": {
        "time": "2026-03-05T14:30",
        "temperature_2m": 12.4,
        "apparent_temperature": 10.9,
        "relative_humidity_2m": 71,
        "precipitation": 0.2,
        "weather_code": 61,
        "wind_speed_10m": 9.7,
        "wind_direction_10m": 45,
    },
    "daily_units": {"temperature_2m_max": "°C", "precipitation_sum": "mm"},
    "daily": {
        "time": ["2026-03-05", "2026-03-06"],
        "weather_code": [61, 3],
        "temperature_2m_max": [13.1, 16.0],
        "temperature_2m_min": [8.2, 9.0],
        "precipitation_sum": [4.1, 0.0],
    },
}


def tool(site: Site) -> OwnTool:
    for path, said in (("/v1/search", PLACE), ("/v1/forecast", FOUND)):
        if path not in site.pages:
            site.put(path, json.dumps(said).encode(), "application/json")
    web = Web(allowed=lambda: [site.place])
    return weather(web, site.at("/v1/search"), site.at("/v1/forecast"))


@with_site
async def test_the_weather_with_its_place_time_and_source(site: Site) -> None:
    text = await told(tool(site), location="上海, China", country="cn", unit="celsius", days=2)
    assert text.splitlines() == [
        "Shanghai, Shanghai Municipality, China (31.22, 121.46)",
        "Now (as of 2026-03-05T14:30 Asia/Shanghai): slight rain, 12.4 °C, feels like 10.9 °C, "
        "humidity 71 %, precipitation 0.2 mm, wind 9.7 km/h from 45°",
        "2026-03-05: slight rain, 8.2 to 13.1 °C, precipitation 4.1 mm",
        "2026-03-06: overcast, 9.0 to 16.0 °C, precipitation 0.0 mm",
        "Weather data by Open-Meteo.com (CC BY 4.0)",
    ]
    searched, forecast = (head.split(" ")[1] for head in site.asked)
    assert searched.startswith("/v1/search?name=%E4%B8%8A%E6%B5%B7&count=5")
    assert searched.endswith("&countryCode=CN")
    assert "latitude=31.22222&longitude=121.45806" in forecast
    assert forecast.endswith("timezone=auto&forecast_days=2&temperature_unit=celsius")


@with_site
async def test_a_place_that_is_none(site: Site) -> None:
    site.put("/v1/search", b'{"generationtime_ms": 0.5}', "application/json")
    assert "no place named 'Nowhere'" in await fault(tool(site), location="Nowhere")


async def test_without_a_network_it_says_so() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError

    said = await fault(weather(Web(look=nowhere)), location="Paris")
    assert said.startswith("The weather could not be asked for: this needs the network.")


@pytest.mark.parametrize("body", [b"[]", b"<html>", b"{", b"[" * 100_000, b'{"current": 5}'])
@with_site
async def test_an_answer_of_another_kind_is_no_weather(body: bytes, site: Site) -> None:
    site.put("/v1/forecast", body, "application/json")
    assert "not known here" in await fault(tool(site), location="Shanghai")


@with_site
async def test_the_services_own_refusal(site: Site) -> None:
    body = b'{"error": true, "reason": "Minutely API request limit exceeded."}'
    site.pages["/v1/forecast"] = answer(body, "x", status="429 Too Many Requests")
    said = await fault(tool(site), location="Shanghai")
    assert said.endswith("answers 429 Too Many Requests. Minutely API request limit exceeded.")
