"""Reads text in pictures with rapidocr; runs in a child process.

The models lie inside rapidocr's wheel: nothing is downloaded.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from app.adapters.child_frames import Header
from app.adapters.child_loop import RefusedError, Work
from app.adapters.ocr.strips import strips

# Address space, not use: onnxruntime reserves far more than the 500 MB or so that it touches.
MEMORY_BYTES = 2_560 * 1024 * 1024
WIDEST = 4096
BATCH = 3
CALM = 19  # the least that a process can ask for
IDLE_PRIORITY_CLASS = 0x40
THREADS = min(8, os.cpu_count() or 1)  # each reserves memory, and more hardly read faster
PARAMETERS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,  # screenshots stand upright, and pictures come turned by their tag
    "Global.max_side_len": WIDEST,
    "Global.text_score": 0.5,
    "Rec.rec_batch_num": BATCH,
    "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
}


def make_work() -> Work:
    """Load the engine; answers what reads one picture's bytes."""
    # numpy's algebra is not used, yet would reserve 40 MB for every core at its import.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise RefusedError("not_installed") from error
    logging.disable(logging.CRITICAL)
    engine = RapidOCR(params=PARAMETERS)

    def work(header: Header, body: bytes) -> tuple[Header, bytes]:
        if header.get("calm"):
            _step_back()
        image, scale = _decoded(body)
        lines: list[list[Any]] = []
        for top, bottom in strips(image):
            lines += _read_strip(engine, image[top:bottom], top, scale)
        return {"lines": lines}, b""

    return work


def _step_back() -> None:
    """From now on this process runs when no other wants to; it cannot take that back."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), IDLE_PRIORITY_CLASS)
    else:
        os.nice(CALM - os.nice(0))


def _decoded(data: bytes) -> tuple[Any, float]:
    """The picture as OpenCV has it, and how many original pixels one of its pixels stands for."""
    import cv2
    import numpy

    packed = numpy.frombuffer(data, numpy.uint8)
    image: Any = cv2.imdecode(packed, cv2.IMREAD_UNCHANGED)
    if image is not None:
        clear = image.ndim == 3 and image.shape[2] == 4
        image = _on_a_ground(image) if clear else cv2.imdecode(packed, cv2.IMREAD_COLOR)
    if image is None:
        raise RefusedError("damaged")
    scale = image.shape[1] / WIDEST
    if scale <= 1:
        return image, 1.0
    size = (WIDEST, max(1, round(image.shape[0] / scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA), scale


def _on_a_ground(image: Any) -> Any:
    """A see-through picture on white, or on black where what can be seen of it is light."""
    import numpy

    colours, alpha = image[:, :, :3], image[:, :, 3:].astype(numpy.uint16)
    seen = colours[alpha[:, :, 0] > 127]
    ground = 0 if seen.size and seen.mean() > 127 else 255
    return ((colours * alpha + ground * (255 - alpha)) // 255).astype(numpy.uint8)


def _read_strip(engine: Any, strip: Any, top: int, scale: float) -> list[list[Any]]:
    found = engine(strip)
    if getattr(found, "boxes", None) is None or found.txts is None:
        return []
    lines = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        across = [float(x) * scale for x in box[:, 0]]
        down = [(float(y) + top) * scale for y in box[:, 1]]
        lines.append([text, float(score), min(across), min(down), max(across), max(down)])
    return lines
