"""One step with ezkl in a fresh process: `python -m tests.bench.ezkl_steps STEP FOLDER`.

Runs in an environment of its own that has ezkl and onnx but nothing of this project; it reads
`plan.json` in the folder and answers in JSON. The network is made of whole numbers and keeps to
them: with both scales at 0 ezkl computes exactly what the model file says.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.memory import peak_bytes

Plan = dict[str, Any]
SCALE = 0


def onnx_model(plan: Plan) -> None:
    """The network as an ONNX graph: two affine layers with a ReLU between them."""
    import numpy
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    constants = [
        numpy_helper.from_array(numpy.array(plan["weights"][name], dtype=numpy.float32), name)
        for name in ("w1", "b1", "w2", "b2")
    ]
    nodes = [
        helper.make_node("Gemm", ["x", "w1", "b1"], ["hidden"], transB=1),
        helper.make_node("Relu", ["hidden"], ["active"]),
        helper.make_node("Gemm", ["active", "w2", "b2"], ["out"], transB=1),
    ]
    pools = plan["pools"]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [pools, width])
        for name, width in (("x", 5), ("out", 3))
    ]
    graph = helper.make_graph(nodes, "network", ends[:1], ends[1:], constants)
    opset = [helper.make_opsetid("", 13)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, "network.onnx")


def write_input(rows: list[list[int]], name: str) -> None:
    flat = [number for row in rows for number in row]
    Path(name).write_text(json.dumps({"input_data": [flat]}))


def ezkl() -> Any:
    """The module; its import belongs to what is measured."""
    import ezkl as module

    return module


def prepare(plan: Plan) -> dict[str, Any]:
    """Settings, calibration, compilation, a throw-away SRS, keys: sizes and seconds."""
    onnx_model(plan)
    module = ezkl()
    arguments = module.PyRunArgs()
    arguments.input_scale = arguments.param_scale = SCALE
    arguments.input_visibility = arguments.output_visibility = "public"
    arguments.param_visibility = "fixed"
    if plan["decomposition"]:
        arguments.decomp_base, arguments.decomp_legs = plan["decomposition"]
    rows = plan["calibration"]
    write_input(rows, "calibration.json")
    module.gen_settings("network.onnx", "settings.json", py_run_args=arguments)
    module.calibrate_settings(
        "calibration.json", "network.onnx", "settings.json", "resources", scales=[SCALE]
    )
    settings = json.loads(Path("settings.json").read_text())
    logrows = settings["run_args"]["logrows"]
    module.compile_circuit("network.onnx", "network.ezkl", "settings.json")
    started = time.perf_counter()
    module.gen_srs("kzg.srs", logrows)
    after_srs = time.perf_counter()
    module.setup("network.ezkl", "vk.key", "pk.key", "kzg.srs")
    return {
        "logrows": logrows,
        "rows": settings["num_rows"],
        "srs_seconds": after_srs - started,
        "setup_seconds": time.perf_counter() - after_srs,
        "srs_bytes": Path("kzg.srs").stat().st_size,
        "vk_bytes": Path("vk.key").stat().st_size,
        "pk_bytes": Path("pk.key").stat().st_size,
        "peak": peak_bytes(),
    }


def outputs(plan: Plan) -> dict[str, Any]:
    """What the compiled circuit computes for each batch of test inputs."""
    module = ezkl()
    found = []
    for rows in plan["tests"]:
        write_input(rows, "test.json")
        module.gen_witness("test.json", "network.ezkl", "test-witness.json")
        told = json.loads(Path("test-witness.json").read_text())["pretty_elements"]
        found.append([int(float(word)) for word in told["rescaled_outputs"][0]])
    return {"outputs": found}


def prove(plan: Plan) -> dict[str, Any]:
    """From the input to the proof, the import included."""
    write_input(plan["input"], "input.json")
    started = time.perf_counter()
    module = ezkl()
    module.gen_witness("input.json", "network.ezkl", "witness.json")
    module.prove("witness.json", "network.ezkl", "pk.key", "proof.json", "kzg.srs")
    seconds = time.perf_counter() - started
    proof = json.loads(Path("proof.json").read_text())["hex_proof"]
    size = len(proof.removeprefix("0x")) // 2
    return {"seconds": seconds, "bytes": size, "peak": peak_bytes()}


def verify(plan: Plan) -> dict[str, Any]:
    """The proof file, the import and the reading of the keys included."""
    started = time.perf_counter()
    good = ezkl().verify("proof.json", "settings.json", "vk.key", "kzg.srs")
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "good": bool(good), "peak": peak_bytes()}


STEPS: dict[str, Callable[[Plan], dict[str, Any]]] = {
    "prepare": prepare,
    "outputs": outputs,
    "prove": prove,
    "verify": verify,
}

if __name__ == "__main__":
    os.chdir(sys.argv[2])
    with contextlib.redirect_stdout(sys.stderr):
        result = STEPS[sys.argv[1]](json.loads(Path("plan.json").read_text()))
    answer = Path("answer.json")  # ezkl prints on standard output itself
    answer.write_text(json.dumps(result))
