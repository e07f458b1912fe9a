"""What a request's schema cannot say, so that a refusal of a request that keeps to it is no fault of the service.

Each entry names the sentence of the contract; all else that is refused stays a finding.
"""

from itertools import count

import schemathesis

EXAMPLE_KEY = "6f6a2d0e-1f0c-4a57-9d5e-2b5f8b6a9c11"
numbers = count()


@schemathesis.hook
def before_call(context, case, kwargs):
    """The document's example of a key, taken literally, would be used by the first request and refused to all others."""
    if case.headers and case.headers.get("Idempotency-Key") == EXAMPLE_KEY:
        case.headers["Idempotency-Key"] = f"{EXAMPLE_KEY}-{next(numbers)}"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    return failure.code != SCHEMA_VALID_REQUEST_REJECTED or not depends_on_more_than_the_request(response)


SCHEMA_VALID_REQUEST_REJECTED = "ST202"


def depends_on_more_than_the_request(response):
    problem = problem_of(response)
    code = problem.get("code")
    # "Same key, another request: 422 idempotency_key_reused": depends on the requests before.
    if code == "idempotency_key_reused":
        return response.status_code == 422
    # "cursor (opaque, bound to its filters and tenant; any other, or a changed one, is 422)": only a page tells one.
    if code == "validation_failed":
        places = [fault.get("parameter") for fault in problem.get("errors", [])]
        # "url (absolute; … no user info …)", "A literal one is refused at once (422 `#/url`)": what a host means, and
        # whether it is public, only a parser of URLs can tell, and no pattern.
        pointers = [fault.get("pointer") for fault in problem.get("errors", [])]
        return response.status_code == 422 and (places == ["cursor"] or pointers == ["#/url"])
    return False


def problem_of(response):
    if not response.headers.get("content-type", [""])[0].startswith("application/problem+json"):
        return {}
    return response.json()
