"""Load for rolling-restart.sh: streams that are always open, and short requests at a steady rate, through a load balancer.

Usage: rolling.py PORT SECRET_FILE STREAMS REQUESTS_PER_SECOND STOP_FILE. Runs until STOP_FILE is there and every open stream
has ended; prints what went wrong and ends with 1 when anything did.
"""
import asyncio
import os
import sys
import time

port, secret_file, streams, rate, stop_file = sys.argv[1:]
secret = open(secret_file).read().strip()
BODY = b'{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}'
failures = []
counts = {"streams": 0, "requests": 0, "open": 0, "most open": 0}


def head(model, operation, accept, close):
    return (
        f"POST /model/{model}/{operation} HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer {secret}\r\n"
        f"Accept: {accept}\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\n"
        f"{'Connection: close' + chr(13) + chr(10) if close else ''}\r\n"
    ).encode() + BODY


async def exchange(reader, writer, request):
    """Sends one request and reads its whole answer: status and body. Raises when it is cut."""
    writer.write(request)
    await writer.drain()
    answer = await reader.readuntil(b"\r\n\r\n")
    status = int(answer.split(b" ", 2)[1])
    lower = answer.lower()
    if b"transfer-encoding: chunked" in lower:
        body = b""
        while True:
            size = int((await reader.readline()).split(b";")[0], 16)
            chunk = await reader.readexactly(size + 2)
            if size == 0:
                return status, body
            body += chunk[:-2]
    length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
    return status, await reader.readexactly(length)


async def one_stream(number):
    while not os.path.exists(stop_file):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
            counts["open"] += 1
            counts["most open"] = max(counts["most open"], counts["open"])
            status, body = await exchange(
                reader, writer, head("emulator.pace-500-20-10", "converse-stream", "text/event-stream", True)
            )
            if status != 200 or b"event: messageStop" not in body or b"event: exception" in body:
                failures.append(f"stream {number}: status {status}, {len(body)} bytes, ends {body[-80:]!r}")
            counts["streams"] += 1
            writer.close()
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError) as e:
            failures.append(f"stream {number}: {type(e).__name__} {e}")
            await asyncio.sleep(0.2)
        finally:
            counts["open"] -= 1


async def requests(number, every):
    """One keep-alive connection, as the balancer's other side sees many; opened anew when the balancer closes it."""
    reader = writer = None
    due = time.monotonic() + every * number / 10
    while not os.path.exists(stop_file):
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due += every
        try:
            if writer is None or reader.at_eof():
                reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
            status, _ = await exchange(reader, writer, head("amazon.nova-micro-v1:0", "converse", "*/*", False))
            counts["requests"] += 1
            if status != 200:
                failures.append(f"request: status {status}")
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError) as e:
            failures.append(f"request: {type(e).__name__} {e}")
            writer = None


async def main():
    workers = 50
    await asyncio.gather(
        *(one_stream(number) for number in range(int(streams))),
        *(requests(number, workers / float(rate)) for number in range(workers)),
    )


asyncio.run(main())
print(f"{counts['streams']} streams (at most {counts['most open']} at once), {counts['requests']} requests, "
      f"{len(failures)} failures")
for failure in failures[:20]:
    print(failure)
sys.exit(1 if failures else 0)
