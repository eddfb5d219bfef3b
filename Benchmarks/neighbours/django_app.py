# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of the comparison, in Django: gunicorn, one worker."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.static import serve

settings.configure(
    DEBUG=False, SECRET_KEY="only-for-benchmarks", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[],
    DATA_UPLOAD_MAX_MEMORY_SIZE=4_000_000,
)


def hello(request):
    return HttpResponse("Hello, World!", content_type="text/plain")


def json(request):
    return JsonResponse({"id": 1, "title": "Hello, World!", "tags": ["web", "swift"], "score": 0.5})


def post(request, id):
    return HttpResponse(f"post {id}")


def search(request):
    page, size = int(request.GET.get("page", 1)), int(request.GET.get("size", 10))
    return HttpResponse(f"{request.GET['q']} {page} {size}")


def files(request, name):
    return serve(request, name, document_root=os.environ["BENCH_FILES"])


@csrf_exempt
def upload(request):
    return HttpResponse(str(len(request.body)))


class Pass:
    def __init__(self, get_response=None):
        self.get_response = get_response

    def process_request(self, request):
        return None

    def process_response(self, request, response):
        return response


deep = hello
for _ in range(10):
    deep = decorator_from_middleware(Pass)(deep)

urlpatterns = [
    path("", hello), path("json", json), path("posts/<int:id>", post), path("search", search),
    path("static/<path:name>", files), path("upload", upload), path("deep/", deep),
]
app = get_wsgi_application()
