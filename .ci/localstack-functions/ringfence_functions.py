"""Runs Java functions for a LocalStack that has no Docker engine: as processes of this machine.

LocalStack's own executor starts a container for each instance of a function, in which AWS's runtime
client asks for events. Here the same client is started as a process, in the folder to which
LocalStack unpacked the function's code, and asks at a port of 127.0.0.1.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import os
import queue
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import (
    LambdaRuntimeException,
    RuntimeExecutor,
)

# Where the way to java and the runtime client's jars are told.
JAVA = "RINGFENCE_JAVA"
CLIENT_JARS = "RINGFENCE_RUNTIME_CLIENT"

CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
# What Lambda gives a function without SnapStart; the client loads a library of its own.
FLAGS = [
    "-Xshare:auto",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
    "--enable-native-access=ALL-UNNAMED",
]
LOOPBACK = "127.0.0.1"
NEXT = "/2018-06-01/runtime/invocation/next"

# A JVM starts in seconds; on a machine that does ten other things it may take longer. LocalStack's
# own limit, LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT, ends it earlier if it is shorter.
START_SECONDS = 90
# A function that is stopped has nothing to finish.
STOP_SECONDS = 5


class RuntimeApi(ThreadingHTTPServer):
    """Lambda's runtime API for one instance: events go in, and what it says comes out."""

    daemon_threads = True

    def __init__(self, function_arn):
        super().__init__((LOOPBACK, 0), Conversation)
        self.function_arn = function_arn
        self.events = queue.Queue()
        self.said = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address(self):
        return f"{LOOPBACK}:{self.server_port}"


class Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path != NEXT:
            self.answer(404, b"", {})
            return
        self.server.said.put(("ready", b""))
        event = self.server.events.get()
        if event is None:
            self.close_connection = True
            return
        self.answer(
            200,
            event["payload"].encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": event["invoke-id"],
                "Lambda-Runtime-Invoked-Function-Arn": event["invoked-function-arn"],
                "Lambda-Runtime-Trace-Id": event["trace-id"],
                "Lambda-Runtime-Deadline-Ms": str(event["deadline"]),
                "Content-Type": "application/json",
            },
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = "answered" if self.path.endswith("/response") else "failed"
        self.server.said.put(("broken" if "/init/" in self.path else kind, body))
        self.answer(202, b'{"status":"OK"}', {"Content-Type": "application/json"})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """LocalStack logs every invocation itself."""


class ProcessExecutor(RuntimeExecutor):
    """One instance of a function."""

    def __init__(self, id, function_version):
        super().__init__(id, function_version)
        self.api = RuntimeApi(function_version.qualified_arn)
        self.log = tempfile.TemporaryFile(mode="w+b")
        self.process = None
        self.told = 0

    def start(self, env_vars):
        config = self.function_version.config
        if not config.runtime.startswith("java"):
            raise LambdaRuntimeException(f"{config.runtime} does not run here, only Java does")
        # LocalStack would unpack the code of functions that are never called, too.
        config.code.prepare_for_execution()
        folder = str(config.code.get_unzipped_code_location())
        environment = {name: str(value) for name, value in env_vars.items()}
        environment |= {
            "AWS_LAMBDA_RUNTIME_API": self.api.address(),
            "LAMBDA_TASK_ROOT": folder,
            "LANG": "en_US.UTF-8",
        }
        self.process = subprocess.Popen(
            [os.environ[JAVA], *FLAGS, f"-Xmx{config.memory_size // 2}m"]
            + ["-classpath", os.environ[CLIENT_JARS], CLIENT, config.handler],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        kind, body = self.heard(START_SECONDS)
        if kind != "ready":
            raise LambdaRuntimeException(f"{kind}: {body.decode()}\n{self.get_logs()}")

    def heard(self, seconds):
        """What the instance says next; one that ends without a word has said "ended"."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                return self.api.said.get(timeout=0.2)
            except queue.Empty:
                if self.process.poll() is not None:
                    return "ended", b""
        return "timed out", b""

    def invoke(self, payload):
        seconds = self.function_version.config.timeout
        deadline = int((time.time() + seconds) * 1000)
        self.api.events.put(payload | {"deadline": deadline})
        kind, body = self.heard(seconds)
        if kind not in ("answered", "failed"):
            raise LambdaRuntimeException(f"{kind} after {payload['invoke-id']} was given to it")
        # The client asks for the next event when it has answered, and not before.
        self.heard(seconds)
        id = payload["invoke-id"]
        return InvocationResult(id, body, kind == "failed", self.new_logs(id))

    def new_logs(self, id):
        """What was printed since the last time, between the lines that Lambda writes around it."""
        text = self.get_logs()
        new, self.told = text[self.told :], len(text)
        return f"START RequestId: {id}\n{new}END RequestId: {id}\n"

    def get_logs(self):
        size = os.fstat(self.log.fileno()).st_size
        return os.pread(self.log.fileno(), size, 0).decode(errors="replace")

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.api.events.put(None)
        self.api.shutdown()
        self.api.server_close()

    def get_address(self):
        return LOOPBACK

    def get_endpoint_from_executor(self):
        return LOOPBACK

    def get_runtime_endpoint(self):
        return f"http://{self.api.address()}"

    @classmethod
    def prepare_version(cls, function_version):
        """Nothing: code is unpacked when a function is first called."""

    @classmethod
    def cleanup_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.destroy_cached()


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """What LAMBDA_RUNTIME_EXECUTOR=process names."""

    name = "process"

    def load(self, *_, **__):
        return ProcessExecutor
