"""Calls one local server with boto3 and with this project's client, in one run, and compares what a call costs.

Usage: compare.py PATH/TO/aws-client-benchmark [CALLS] [TASKS]
"""

import json
import subprocess
import sys
import threading
import time

import boto3
from botocore.config import Config

FILTERS = [{"Name": "resource-id", "Values": ["i-1", "i-2"]}]


def boto(url, calls, tasks):
    client = boto3.client(
        "ec2",
        region_name="eu-central-1",
        endpoint_url=url,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        aws_session_token="token",
        config=Config(max_pool_connections=tasks),
    )

    def run(count):
        for _ in range(count):
            assert len(client.describe_tags(Filters=FILTERS)["Tags"]) == 20

    run(100)
    threads = [threading.Thread(target=run, args=(calls // tasks,)) for _ in range(tasks)]
    wall, cpu = time.monotonic(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "calls": calls // tasks * tasks,
        "seconds": time.monotonic() - wall,
        "cpu": time.process_time() - cpu,
    }


def main():
    binary = sys.argv[1]
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else 4000
    tasks = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    server = subprocess.Popen(
        [binary, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        url = server.stdout.readline().strip()
        results = {
            "boto3": boto(url, calls, tasks),
            "autotagger": json.loads(
                subprocess.check_output([binary, "call", url, str(calls * 5), str(tasks)])
            ),
        }
    finally:
        server.stdin.close()
        server.wait()
    cost = {}
    for name, result in results.items():
        cost[name] = result["cpu"] / result["calls"] * 1e6
        rate = result["calls"] / result["seconds"]
        print(f"{name:11} {rate:8.0f} signed requests/s {cost[name]:8.1f} µs of CPU a call")
    ratio = cost["boto3"] / cost["autotagger"]
    print(f"boto3 takes {ratio:.1f} times the CPU")
    return 0 if ratio >= 10 else 1


if __name__ == "__main__":
    sys.exit(main())
