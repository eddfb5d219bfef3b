# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Where Triton 2.51 answers otherwise than Retort, by the names of the cases in their list.

A case whose name is not here has one answer, which both give.
"""

# 500 says that the server is at fault.
FAULT = "The request is wrong and not the server, which 4xx says; trying it again is of no use."

# By the names of cases: Triton's answer, and why Retort's is better.
IMPROVEMENTS = {
    "is an unknown model ready": ("400", "The request is right, and what it asks for is not there."),
    "what health says": ("", "The specification has a body."),
    "the path of the server with a slash": ("404", "A slash more or less leads to the same place."),
    "infer by OPTIONS": ("405", "The answer names the methods."),
    "no id, and an empty one": ("none none", "What the client calls a request is sent back, however it calls it."),
    "outputs in the order of the request": ('["out_x","n"]', "What is listed first comes first."),
    "texts that are no UTF-8, as JSON": (
        "200 with what is no UTF-8", "JSON is UTF-8; clients cannot read anything else."),
    "how FP32 is written": (
        "[0.4000000059604645,-0.20000000298023225,4.000000060189865e30,1.3333333730697632]",
        "The shortest text that is read as the same number; Triton writes digits that FP32 does not have."),
    "300 as UINT8": (
        "[24.66666603088379,230.3333282470703,1.0]", "A number that does not fit is refused; Triton takes 44."),
    "30.0 as UINT8": ("500", "30.0 is 30, and programs whose numbers are all FP64 write it so."),
    "1e39 as FP32": (
        "[4.0,Infinity,12.0,16.0]", "A number that does not fit is refused; Triton writes what is no JSON."),
    "an output that is infinite": ("[4.0,Infinity,12.0,16.0]", "JSON has no infinity; bytes have."),
    **dict.fromkeys(
        [
            "-1 as UINT8", "3.7 as UINT8", "true as FP32", "null as FP32", "no JSON", "an array",
            "bytes that are no text", "no inputs", "inputs that are no list", "an input without a name",
            "an input without a shape", "an input without a datatype", "a negative dimension",
            "less data than the shape says", "more data than the shape says", "a text among numbers",
            "a number among texts", "an id that is a number", "an output without a name",
            "parameters that are an array", "a priority that is negative", "a timeout that is negative",
            "a header that ends within the JSON",
            "binary_data_size that is negative", "binary_data_size that is a text", "a negative number of classes",
            "gzip that ends early", "a body of load that is no JSON", "a body of the index that is no JSON",
            "a text as ready of the index",
        ], ("500", FAULT)),
    "the same output twice": ("200", "One of them would be lost."),
    "an answer that comes too late": (
        "200", "`timeout` holds for every model; in Triton the model has to allow it."),
    "the type of an error": ("text/plain", "The error is JSON."),
    "what a model that fails tells": ("a path of the server", "What lies beneath goes to the log, and not to clients."),
    "a header that is no number, before 16 bytes": ("200", "What cannot be read is refused; Triton takes it for 0."),
    "a header with a sign": ("200", "A length is digits and nothing else."),
    "a picture and nothing else": (
        "400", "Any number of texts can be one; in Triton the model has to have one exactly."),
    "two codings": ("501", "415 says it, with the codings that are taken in Accept-Encoding."),
    "an unknown coding": ("501", "415 says it, with the codings that are taken in Accept-Encoding."),
    "statistics of an unknown model": ("400", "An unknown model is 404 everywhere."),
    "statistics of an unloaded model": ("400", "It is known and has computed nothing, which is no error."),
    "load an unknown model": ("500", "An unknown model is 404 everywhere."),
    "unload an unknown model": ("None", "An unknown model is 404 everywhere."),
    "classes of texts": ("the server ends", "A request cannot end the server: texts have no order."),
}

# What Triton offers and Retort does not, and why.
LEFT_OUT = {
    "load with another configuration": ("None", "What a model is made of comes from its folder, and not from clients."),
    "load with files": ("None", "Files could be programs, which clients would run on the server."),
    "shared memory that is not there": ("404", "There is no shared memory, so nothing can be missing in it."),
    "generate": ("200", "Models have tensors; there is no other form of requests."),
    "settings of the trace": ("200", "What requests do is in the log, the metrics and the statistics."),
    "settings of the log": ("200", "The log is the app's."),
    "shared memory": ("200", "It serves one machine alone, and has to be cleaned up after clients that end."),
}
