"""A folder or many files on the command line, or from a second start, are for a batch."""

from __future__ import annotations

from pathlib import Path

from app.core.wish import Start
from tests.conftest import until
from tests.journeys.test_batch import Service, at_work, dialog_in, folder_of, page_in, press


async def test_a_folder_on_the_command_line_becomes_a_batch(data_dir: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3)
    async with at_work(data_dir, Service()) as (window, _server):
        window.program.incoming.take(Start((str(folder),)))
        page = await page_in(window)
        assert len(page.run.rows) == 3


async def test_many_files_on_the_command_line_are_offered_a_batch(
    data_dir: Path, tmp_path: Path
) -> None:
    files = sorted(folder_of(tmp_path, 21).iterdir())
    async with at_work(data_dir, Service()) as (window, _server):
        window.program.incoming.take(Start(tuple(str(file) for file in files)))
        press(await dialog_in(window), "One action over each")
        page = await page_in(window)
        assert len(page.run.rows) == 21
        window.program.incoming.take(Start((str(files[0]),)))
        await until(lambda: len(window.page.draft().parts) == 1)
