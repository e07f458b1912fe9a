// Made of openapi.json by `npm run client`; not to be changed by hand.

export interface paths {
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description In the text format. It answers whatever the database does.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders, newest first
         * @description Pages by cursor. Orders that existed when the first page was read are neither skipped nor repeated.
         */
        get: operations["listOrders"];
        put?: never;
        /**
         * Create an order
         * @description Send an Idempotency-Key, and the order is created once however often the request is repeated.
         */
        post: operations["createOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Move an order to another status
         * @description The change is made for the version in If-Match; of several at once exactly one wins.
         *
         *     | from | to |
         *     |---|---|
         *     | CREATED | PAID, CANCELLED |
         *     | PAID | FULFILLED, CANCELLED |
         *     | FULFILLED | — |
         *     | CANCELLED | — |
         */
        patch: operations["changeOrderStatus"];
        trace?: never;
    };
    "/orders/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the history of an order
         * @description One event for its creation and for each change, oldest first.
         */
        get: operations["listOrderEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook endpoints, newest first */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Have events sent to a URL
         * @description From now on. The secret that signs them is told once.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook endpoint */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint
         * @description Nothing more is sent to it, and its log is gone.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint
         * @description A JSON merge patch (RFC 7396): `null` brings the default back.
         */
        patch: operations["changeWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret
         * @description It and the one before sign for 24 hours, then it alone.
         */
        post: operations["rollWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event of type ping
         * @description To this endpoint, whatever its filter.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of an endpoint, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what died
         * @description Dead deliveries of events since a time are pending again at once, with the whole schedule.
         */
        post: operations["retryDeadDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a dead delivery again
         * @description One that is not dead stays as it is.
         */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Liveness: the process can answer */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Readiness: the database answers, the indexes are in place, no shutdown has begun */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The full report, for people */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        FaultOut: {
            /**
             * @description JSON Pointer (RFC 6901) as a URI fragment, for a body.
             * @example #/items/0/quantity
             */
            pointer?: string;
            /** @description Name of a query parameter. */
            parameter?: string;
            /** @example must be an integer from 1 to 1000000 */
            detail: string;
        };
        ProblemOut: {
            /**
             * Format: uri
             * @example urn:problem:orders:version_conflict
             */
            type: string;
            /** @example Version conflict */
            title: string;
            /** @example 409 */
            status: number;
            /** @description For people; may change. */
            detail: string;
            /** @description The path of the request. */
            instance?: string;
            /**
             * @description For programs; stable.
             * @enum {string}
             */
            code: "malformed_json" | "malformed_request" | "invalid_header" | "unauthenticated" | "forbidden" | "order_not_found" | "webhook_endpoint_not_found" | "delivery_not_found" | "route_not_found" | "method_not_allowed" | "request_timeout" | "version_conflict" | "invalid_transition" | "idempotency_in_progress" | "payload_too_large" | "unsupported_media_type" | "validation_failed" | "idempotency_key_reused" | "precondition_required" | "rate_limited" | "headers_too_large" | "internal_error" | "service_unavailable";
            /**
             * @description What a program should do next.
             * @enum {string}
             */
            recovery: "fix_request" | "authenticate" | "give_up" | "retry_same_key" | "refetch_and_retry" | "use_new_key" | "wait_and_retry";
            /** @description Also in X-Request-Id and in every log line of the request. */
            requestId: string;
            /** @description With validation_failed: all faults. */
            errors?: components["schemas"]["FaultOut"][];
            /** @description With version_conflict. */
            currentVersion?: number;
            /** @description With version_conflict. */
            currentStatus?: string;
            /** @description With invalid_transition. */
            from?: string;
            /** @description With invalid_transition. */
            to?: string;
            /** @description With invalid_transition. */
            allowed?: string[];
        };
        OrderItemIn: {
            /**
             * @description What is ordered.
             * @example SIM-CFD-1
             */
            sku: string;
            /**
             * @description For people.
             * @example CFD run, 1M cells
             */
            description?: string;
            /**
             * @description How many.
             * @example 2
             */
            quantity: number;
            /**
             * @description Decimal string, at most 6 decimals; never a JSON number.
             * @example 19.99
             */
            unitPrice: string;
        };
        OrderIn: {
            /**
             * @description The customer, in the words of the client.
             * @example cus_42
             */
            customerId: string;
            /**
             * @description ISO 4217 code with a minor unit.
             * @example USD
             * @enum {string}
             */
            currency: "AED" | "AFN" | "ALL" | "AMD" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XCD" | "XCG" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | "ZWG";
            items: components["schemas"]["OrderItemIn"][];
            /**
             * @description Up to 20 pairs of the client’s own.
             * @example {
             *       "project": "wing-7"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        OrderItemOut: {
            /** @example SIM-CFD-1 */
            sku: string;
            /** @example CFD run, 1M cells */
            description?: string;
            /** @example 2 */
            quantity: number;
            /**
             * @description As it was sent.
             * @example 19.99
             */
            unitPrice: string;
            /**
             * @description quantity × unitPrice, rounded half-up to the minor unit of the currency.
             * @example 39.98
             */
            amount: string;
        };
        OrderOut: {
            /**
             * Format: uuid
             * @example 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0
             */
            id: string;
            /**
             * @example CREATED
             * @enum {string}
             */
            status: "CREATED" | "PAID" | "FULFILLED" | "CANCELLED";
            /**
             * @description What `status` may be changed to.
             * @example [
             *       "PAID",
             *       "CANCELLED"
             *     ]
             */
            allowedTransitions: ("CREATED" | "PAID" | "FULFILLED" | "CANCELLED")[];
            /** @example cus_42 */
            customerId: string;
            /** @example USD */
            currency: string;
            items: components["schemas"]["OrderItemOut"][];
            /**
             * @description The sum of the lines.
             * @example 39.98
             */
            amount: string;
            /**
             * @example {
             *       "project": "wing-7"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @description Adds 1 with every change; also the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            updatedAt: string;
        };
        StatusChangeIn: {
            /**
             * @description The status to move to.
             * @enum {string}
             */
            status: "CREATED" | "PAID" | "FULFILLED" | "CANCELLED";
        };
        OrderPageOut: {
            items: components["schemas"]["OrderOut"][];
            /**
             * @description Give it as `cursor` for the next page; null at the end.
             * @example null
             */
            nextCursor: string | null;
        };
        OrderEventOut: {
            /** @enum {string} */
            specversion: "1.0";
            /** Format: uuid */
            id: string;
            /** @example /tenants/default */
            source: string;
            /**
             * @example order.created
             * @enum {string}
             */
            type: "order.created" | "order.paid" | "order.fulfilled" | "order.cancelled";
            /** @example orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0 */
            subject: string;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            time: string;
            /** @enum {string} */
            datacontenttype: "application/json";
            /**
             * @description The order’s version.
             * @example 1
             */
            sequence: string;
            /** @enum {string} */
            sequencetype: "Integer";
            /**
             * @description Who made the change.
             * @example anonymous
             */
            actor: string;
            /**
             * @description Of the request that made the change, when it was traced (W3C Trace Context).
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            /** @description Beside `traceparent`, as it was sent. */
            tracestate?: string;
            /** @description The order at that version. */
            data: components["schemas"]["OrderOut"];
        };
        OrderHistoryOut: {
            items: components["schemas"]["OrderEventOut"][];
            /**
             * @description A history has one page.
             * @example null
             */
            nextCursor: null;
        };
        WebhookEndpointIn: {
            /**
             * @description Absolute and https, of the public internet, without user information and fragment.
             * @example https://example.com/hooks/orders
             */
            url: string;
            /**
             * @description Only these; empty: all.
             * @example [
             *       "order.paid"
             *     ]
             */
            eventTypes?: ("order.created" | "order.paid" | "order.fulfilled" | "order.cancelled")[];
            /**
             * @description For people.
             * @example Starts the simulations
             */
            description?: string;
            /**
             * @description Whether an event of an order waits for the earlier ones of that order.
             * @default false
             */
            ordered?: boolean;
            /**
             * @description Off: deliveries wait, none is lost.
             * @default true
             */
            enabled?: boolean;
        };
        WebhookEndpointCreatedOut: {
            /**
             * Format: uuid
             * @example 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0
             */
            id: string;
            /**
             * @description As it was sent.
             * @example https://example.com/hooks/orders
             */
            url: string;
            /**
             * @description Only these; empty: all.
             * @example []
             */
            eventTypes: ("order.created" | "order.paid" | "order.fulfilled" | "order.cancelled")[];
            /** @example Starts the simulations */
            description?: string;
            /** @example false */
            ordered: boolean;
            /** @example true */
            enabled: boolean;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description Signs what is sent (Standard Webhooks). It is told here and never again.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret: string;
        };
        WebhookEndpointOut: {
            /**
             * Format: uuid
             * @example 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0
             */
            id: string;
            /**
             * @description As it was sent.
             * @example https://example.com/hooks/orders
             */
            url: string;
            /**
             * @description Only these; empty: all.
             * @example []
             */
            eventTypes: ("order.created" | "order.paid" | "order.fulfilled" | "order.cancelled")[];
            /** @example Starts the simulations */
            description?: string;
            /** @example false */
            ordered: boolean;
            /** @example true */
            enabled: boolean;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            updatedAt: string;
        };
        WebhookEndpointPageOut: {
            items: components["schemas"]["WebhookEndpointOut"][];
            /**
             * @description Give it as `cursor` for the next page; null at the end.
             * @example null
             */
            nextCursor: string | null;
        };
        WebhookEndpointPatchIn: {
            /**
             * @description Absolute and https, of the public internet, without user information and fragment.
             * @example https://example.com/hooks/orders
             */
            url?: string;
            /**
             * @description Only these; empty: all.
             * @example [
             *       "order.paid"
             *     ]
             */
            eventTypes?: ("order.created" | "order.paid" | "order.fulfilled" | "order.cancelled")[] | null;
            /** @description For people. */
            description?: string | null;
            /** @description Whether an event of an order waits for the earlier ones of that order. */
            ordered?: boolean | null;
            /** @description Off: deliveries wait, none is lost. */
            enabled?: boolean | null;
        };
        WebhookSecretOut: {
            /**
             * @description Signs what is sent (Standard Webhooks). It is told here and never again.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs as well.
             * @example 2026-11-25T10:00:00.000Z
             */
            previousExpiresAt: string;
        };
        DeliveryAcceptedOut: {
            /**
             * Format: uuid
             * @example 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0
             */
            deliveryId: string;
        };
        AttemptOut: {
            /**
             * Format: date-time
             * @example 2026-11-24T10:00:00.000Z
             */
            at: string;
            /**
             * @description Of the answer; null when there was none.
             * @example 500
             */
            status: number | null;
            /** @example 120 */
            durationMs: number;
            /**
             * @description Why it failed; null when it did not.
             * @example null
             */
            error: string | null;
            /**
             * @description The beginning of the answer’s body; null when there was no answer.
             * @example Internal Server Error
             */
            response: string | null;
        };
        DeliveryOut: {
            /**
             * Format: uuid
             * @example 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0
             */
            id: string;
            /**
             * Format: uuid
             * @description Also `webhook-id`.
             * @example 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0
             */
            eventId: string;
            /** @example order.paid */
            eventType: string;
            /** @example orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0 */
            subject: string;
            /**
             * @example pending
             * @enum {string}
             */
            status: "pending" | "delivered" | "dead";
            attempts: components["schemas"]["AttemptOut"][];
            /**
             * @description Null when there is none to come.
             * @example 2026-11-24T10:00:00.000Z
             */
            nextAttemptAt: string | null;
        };
        DeliveryPageOut: {
            items: components["schemas"]["DeliveryOut"][];
            /**
             * @description Give it as `cursor` for the next page; null at the end.
             * @example null
             */
            nextCursor: string | null;
        };
        RetryIn: {
            /**
             * Format: date-time
             * @description Dead deliveries of events of this time or later (RFC 3339).
             * @example 2026-11-24T10:00:00.000Z
             */
            since: string;
        };
        RetriedOut: {
            /**
             * @description How many are pending again.
             * @example 3
             */
            count: number;
        };
        HealthReportOut: {
            /**
             * @example ok
             * @enum {string}
             */
            status: "ok" | "degraded" | "error" | "shutting_down";
            /** @description What is well. */
            info: {
                [key: string]: {
                    /** @enum {string} */
                    status: "up" | "down" | "degraded";
                } & {
                    [key: string]: unknown;
                };
            };
            /** @description What is not. */
            error: {
                [key: string]: {
                    /** @enum {string} */
                    status: "up" | "down" | "degraded";
                } & {
                    [key: string]: unknown;
                };
            };
            /** @description Both. */
            details: {
                [key: string]: {
                    /** @enum {string} */
                    status: "up" | "down" | "degraded";
                } & {
                    [key: string]: unknown;
                };
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All metrics of this process. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description Only these; repeat the parameter for several. */
                status?: ("CREATED" | "PAID" | "FULFILLED" | "CANCELLED")[];
                /** @description Only this customer. */
                customerId?: string;
                /** @description Created at or after this time (RFC 3339). */
                createdFrom?: string;
                /** @description Created before this time (RFC 3339). */
                createdTo?: string;
                /** @description Page size. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPageOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any value unique to this request, e.g. a UUID; bare or quoted. Repeating the request with the same key gives the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderIn"];
            };
        };
        responses: {
            /** @description Created, or the stored answer of the first request with this key. */
            201: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Where the order is. */
                    Location: string;
                    /**
                     * @description The order’s version as a strong entity tag.
                     * @example "1"
                     */
                    ETag: string;
                    /** @description `true` when this is the stored answer of an earlier request. */
                    "Idempotent-Replayed"?: "true";
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `invalid_header` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "invalid_header" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `idempotency_in_progress` (retry_same_key) */
            409: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "idempotency_in_progress";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request), `idempotency_key_reused` (use_new_key) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": ({
                        /** @enum {string} */
                        code: "idempotency_key_reused";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">) | ({
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">);
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags the client has; answers 304 when the current one is among them. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The order’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description The order’s version as a strong entity tag.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            /** @description Not modified; no body. */
            304: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description The order’s version as a strong entity tag.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `order_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "order_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    changeOrderStatus: {
        parameters: {
            query?: never;
            header: {
                /** @description Any value unique to this request, e.g. a UUID; bare or quoted. Repeating the request with the same key gives the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
                /** @description The version the change is made for, bare or as a strong entity tag. */
                "If-Match": string;
            };
            path: {
                /** @description The order’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusChangeIn"];
            };
        };
        responses: {
            /** @description The order after the change. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description The order’s version as a strong entity tag.
                     * @example "1"
                     */
                    ETag: string;
                    /** @description `true` when this is the stored answer of an earlier request. */
                    "Idempotent-Replayed"?: "true";
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `invalid_header` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "invalid_header" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `order_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "order_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `version_conflict` (refetch_and_retry), `invalid_transition` (give_up), `idempotency_in_progress` (retry_same_key) */
            409: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": ({
                        /** @enum {string} */
                        code: "idempotency_in_progress";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">) | ({
                        /** @enum {string} */
                        code: "version_conflict";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "currentVersion" | "currentStatus">) | ({
                        /** @enum {string} */
                        code: "invalid_transition";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "from" | "to" | "allowed">);
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request), `idempotency_key_reused` (use_new_key) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": ({
                        /** @enum {string} */
                        code: "idempotency_key_reused";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">) | ({
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">);
                };
            };
            /** @description `precondition_required` (refetch_and_retry) */
            428: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "precondition_required";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    listOrderEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderHistoryOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `order_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "order_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Page size. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointPageOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Where the endpoint is. */
                    Location: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointCreatedOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; no body. */
            204: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointPatchIn"];
                "application/merge-patch+json": components["schemas"]["WebhookEndpointPatchIn"];
            };
        };
        responses: {
            /** @description The endpoint after the change. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    rollWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecretOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It will be sent. */
            202: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAcceptedOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only these. */
                status?: "pending" | "delivered" | "dead";
                /** @description Page size. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPageOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    retryDeadDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryIn"];
            };
        };
        responses: {
            /** @description They will be sent. */
            202: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `webhook_endpoint_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "webhook_endpoint_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `validation_failed` (fix_request) */
            422: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "validation_failed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code" | "errors">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The delivery’s id, an opaque string. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It will be sent. */
            202: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAcceptedOut"];
                };
            };
            /** @description `malformed_json` (fix_request), `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_json" | "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unauthenticated` (authenticate) */
            401: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unauthenticated";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `forbidden` (give_up) */
            403: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description What credential is needed (RFC 6750). */
                    "WWW-Authenticate": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "forbidden";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `delivery_not_found` (give_up) */
            404: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "delivery_not_found";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `payload_too_large` (fix_request) */
            413: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "payload_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `unsupported_media_type` (fix_request) */
            415: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `rate_limited` (wait_and_retry) */
            429: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "rate_limited";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `service_unavailable` (wait_and_retry) */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /**
                     * @description What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.
                     * @example "default";r=119;t=60
                     */
                    RateLimit?: string;
                    /**
                     * @description The limit (`q`) and its window in seconds (`w`). Absent without a limit.
                     * @example "default";q=120;w=60
                     */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "service_unavailable";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Well. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReportOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /**
             * @description `service_unavailable` (wait_and_retry)
             *
             *     Not well; the same report, not a problem.
             */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReportOut"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Well. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReportOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /**
             * @description `service_unavailable` (wait_and_retry)
             *
             *     Not well; the same report, not a problem.
             */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReportOut"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Well. */
            200: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReportOut"];
                };
            };
            /** @description `malformed_request` (fix_request) */
            400: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "malformed_request";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `method_not_allowed` (fix_request) */
            405: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    /** @description The methods of this path. */
                    Allow: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "method_not_allowed";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `request_timeout` (retry_same_key) */
            408: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "request_timeout";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `headers_too_large` (fix_request) */
            431: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "headers_too_large";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /** @description `internal_error` (retry_same_key) */
            500: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        code: "internal_error";
                    } & WithRequired<components["schemas"]["ProblemOut"], "code">;
                };
            };
            /**
             * @description `service_unavailable` (wait_and_retry)
             *
             *     Not well; the same report, not a problem.
             */
            503: {
                headers: {
                    /** @description The id of this request. */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReportOut"];
                };
            };
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
