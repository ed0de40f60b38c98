// Written from the routes by "npm run client". Do not change it by hand.
// biome-ignore-all format: as the generator writes it
// biome-ignore-all lint: as the generator writes it
export interface paths {
    "/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cost rows of every vendor in one answer
         * @description Exact cost by day, month or in total, grouped and filtered the same way for every vendor. Rows are ordered by start, then by group in the order of `groupBy`, null last; periods without cost are omitted. `totals` covers the whole result and is equal on every page. `meta.providers` says for each connection how good its part is. A question of more than 200,000 sums, one for each period, group and currency, is refused as `question-too-large` with their number; `top` and `limit` do not make it smaller.
         *
         *     Needs the scope `read`.
         */
        get: operations["listCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/costs/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This period beside the one before, per provider and overall
         * @description Sums the range for each connection and sets it beside the range before, like with like: only days that every connection of the answer has wholly reported are counted, and today never is. `periods` has the days that were asked for and those that are compared. Where no day of the range is reported yet, `current` is what is known so far, and nothing is compared. A figure of the range before that is not all there is null, never zero, and `change` is null unless both ranges are all there. `totals` is the same over all connections, one entry a currency.
         *
         *     Needs the scope `read`.
         */
        get: operations["summariseCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/costs/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is still to come, with bounds
         * @description Daily or monthly points from the first day that is not wholly reported up to the horizon. A monthly point is what is known of the month and the forecast of the rest. One rule says whose forecast stands: for the running month, and where a question by month is about the whole billed cost of connections (filtered and grouped by `provider` and `connection` at most), it is the one of the vendor where it forecasts all accounts of the connection; otherwise it is ours. Connections are forecast one by one and added up, so every grouping of the same costs has the same sum. A note of each provider says whose forecast it is.
         *
         *     Needs the scope `read`.
         */
        get: operations["forecastCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each vendor bills, line by line, in the columns of FOCUS 1.2
         * @description Daily charges at the finest grain each vendor has. JSON and NDJSON name the FOCUS columns in camel case, CSV as FOCUS writes them. A column that must not be empty and that no vendor tells follows one fallback table (list, contracted and effective cost repeat the billed cost, the service category is `Other`) and is named in `xDerived`; nothing else is filled in. Quantities stand where the vendor tells them: the consumed one for usage, and as the derived priced one for usage and purchases. More than 200,000 charges are refused as `question-too-large` with their number.
         *
         *     Needs the scope `read`.
         */
        get: operations["listCharges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What vendors changed afterwards in days already reported
         * @description Vendors restate days they have already reported. Whenever a day is read again and differs, what it was and what it became is kept here for 90 days, newest first. A provider of which changes cannot be known since that day, because no day has been read a second time or the time lies too far back, is partial and says so.
         *
         *     Needs the scope `read`.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rates in use, by month and source
         * @description Configured rates come first, then those that vendors publish. A conversion uses the first rate that holds on the day of the cost; without one there is no conversion.
         *
         *     Needs the scope `read`.
         */
        get: operations["listExchangeRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Budgets of every vendor
         * @description What may be spent and what was. `remaining`, `percentUsed` and `status` are always computed from limit and spent here, whatever a vendor says; `status` is `unknown` while the spend is, and for a budget without a limit.
         *
         *     Needs the scope `read`.
         */
        get: operations["listBudgets"];
        put?: never;
        /**
         * Set up a budget
         * @description Written through to the vendor. Where the vendor has no budgets at all, the gateway keeps it and sets it against the connection's costs (`managedBy: gateway`). What cannot be held is a 422 that says what can. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        post: operations["createBudget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One budget
         * @description The budget as it stands in the list. A budget that the gateway keeps itself (`managedBy: gateway`) is set against the same costs that `/v1/costs` answers with, by calendar periods.
         *
         *     Needs the scope `read`.
         */
        get: operations["getBudget"];
        /**
         * Change a budget
         * @description Replaces all of it: what is left out is emptied. Of two changes at once the later one holds. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        put: operations["replaceBudget"];
        post?: never;
        /**
         * Remove a budget
         * @description Removes it where it is kept. A second time it is a 404. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        delete: operations["removeBudget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budgets/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Past periods of one budget
         * @description What was spent in each past period, the earliest first, and which alerts that crossed. The vendor's own history where it has one; else from the connection's costs by calendar periods and the limit of today, without the periods before the first cost.
         *
         *     Needs the scope `read`.
         */
        get: operations["getBudgetHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/anomalies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cost that is out of line
         * @description What is out of line, with what was expected and what came, the latest first; the last 90 days when no range is given. `detectedBy: vendor` is what a vendor has found. `detectedBy: gateway` comes from the daily costs of every connection, by account, service and region at medium sensitivity and by the monitors that the gateway keeps; days that a vendor has not wholly reported are not judged, and such an anomaly is open until its costs are back in line or have become the usual. `impact` is actual minus expected, negative for a drop; a vendor may tell it alone, and `expected` and `actual` are then null. `minImpact` looks at the size of the impact.
         *
         *     Needs the scope `read`.
         */
        get: operations["listAnomalies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/anomalies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One anomaly, what drove it, and the days around it
         * @description The anomaly as it stands in the list, with `rootCauses` and `history`. Of a vendor's they are the vendor's own, and empty where it tells none. Of the gateway's, the other dimensions of its costs are compared with the same weekday of the four weeks before: the ten that drove it most. An id that is none is a 400, one that nothing is known of a 404.
         *
         *     Needs the scope `read`.
         */
        get: operations["getAnomaly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/anomaly-monitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is being watched
         * @description Monitors that vendors keep, and those that the gateway keeps itself: for connections whose vendor has none, and those of its connections file. Beside them the gateway watches every connection by account, service and region.
         *
         *     Needs the scope `read`.
         */
        get: operations["listAnomalyMonitors"];
        put?: never;
        /**
         * Have something watched
         * @description Written through to the vendor. Where the vendor has no monitors at all, the gateway keeps it and follows it in the connection's daily costs (`managedBy: gateway`); what it finds stands in `GET /v1/anomalies` under its name. What cannot be watched is a 422 that says what can. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        post: operations["createAnomalyMonitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/anomaly-monitors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One monitor
         * @description The monitor as it stands in the list.
         *
         *     Needs the scope `read`.
         */
        get: operations["getAnomalyMonitor"];
        /**
         * Change a monitor
         * @description Replaces all of it: what is left out is emptied. Of two changes at once the later one holds. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        put: operations["replaceAnomalyMonitor"];
        post?: never;
        /**
         * Watch something no longer
         * @description Removes the monitor where it is kept. A second time it is a 404. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        delete: operations["removeAnomalyMonitor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dimensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be grouped and filtered by
         * @description Every key that `groupBy` takes, and which providers know it. A provider that lacks one answers its cost under null and names the key in `missing`.
         *
         *     Needs the scope `read`.
         */
        get: operations["listDimensions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dimensions/{key}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The values of one dimension that occur
         * @description What costs of the range have under this key, each once per provider, in the order of the values; the month to date when no range is given. Costs without a value are left out. A provider that lacks the dimension names it in `missing`.
         *
         *     Needs the scope `read`.
         */
        get: operations["listDimensionValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tag-coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much of the cost carries each tag key
         * @description One row for each tag key, connection and currency, over the billed cost of a range. A connection whose costs cannot be told apart by tags has no row and a note; a key that was asked for and that a connection does not have stands in its `missing`. Each key is read from the vendor by itself: without `key` all keys are meant, and more than ten are a 422.
         *
         *     Needs the scope `read`.
         */
        get: operations["listTagCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/unit-costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one unit of something costs
         * @description Unit costs are defined in the connections file (`unitCosts`): the billed cost of a filter, divided by what a stream of unit metrics counted or by a number for each month. There is one row for each month and currency. A month whose quantity is missing or zero has no row, and a note that says so; a quantity of a whole month is not used for a part of one. `unitCost` is rounded half to even to 12 significant digits, and nothing else is rounded.
         *
         *     Needs the scope `read`.
         */
        get: operations["listUnitCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts, sub-accounts, deployments and projects
         * @description Everything that cost is billed to, with this and last month where the vendor tells them. Where it does not tell this month, it is the sum of the costs by account, or of the accounts below; a note says so. No query is spent on it that counts against a quota of costs: it is null until somebody has asked for costs by account. `nativeId` is the value that stands under `account` in cost rows.
         *
         *     Needs the scope `read`.
         */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cost-centers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Business units and their like
         * @description What vendors keep to sum the cost of several accounts under. `currentMonth` is the vendor's, or the sum of the accounts where a center is nothing but these; otherwise it is null. A budget's `scope.costCenter` takes the part of the id behind the connection.
         *
         *     Needs the scope `read`.
         */
        get: operations["listCostCenters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Savings and guidance
         * @description What vendors recommend, in their own words for category and status. `savings` is null where the vendor names no amount; its period is the vendor's.
         *
         *     Needs the scope `read`.
         */
        get: operations["listRecommendations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commitments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reservations, savings plans and prepaid credit
         * @description What was committed to in advance, and how well it is used. What a vendor does not tell is null; a vendor that lists no commitments of some kind says so in its notes. `start` and `end` are the vendor's calendar days. `scope.account` is an id that costs can be filtered by.
         *
         *     Needs the scope `read`.
         */
        get: operations["listCommitments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What vendors check, and whether it holds
         * @description Governance checks and reports on tags, as vendors keep them. `status` is `unknown` where the vendor's own word, in `nativeStatus`, says neither that the policy holds nor that it is violated.
         *
         *     Needs the scope `read`.
         */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telemetry/unit-metrics/{stream}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send records of a unit metric
         * @description Every record is checked by the vendor's rules before the first is sent. They are sent at the pace that the vendor allows, in requests of one filter shape, one after the other and each once. A request without an answer is sent again where that comes to the same (`replace`, `delete`); where records would be counted twice it is left, and `unknown` names them. What takes longer than this request may is a 202 and goes on, also after a restart. Repeated under its `Idempotency-Key`, it is the same delivery.
         *
         *     More records than a JSON body takes come as NDJSON, a record on each line, up to 256 MiB: `operation` and `connection` then stand in the query, and the lines are checked and stored as they arrive.
         *
         *     Needs the scope `write`.
         */
        post: operations["sendUnitMetrics"];
        /**
         * Remove a unit metric with all its records
         * @description The vendor removes the stream. It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.
         *
         *     Needs the scope `write`.
         */
        delete: operations["removeUnitMetrics"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telemetry/allocations/{stream}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send records by which costs are divided
         * @description Every record is checked by the vendor's rules before the first is sent. They are sent at the pace that the vendor allows, in requests of one filter shape, one after the other and each once. A request without an answer is sent again where that comes to the same (`replace`, `delete`); where records would be counted twice it is left, and `unknown` names them. What takes longer than this request may is a 202 and goes on, also after a restart. Repeated under its `Idempotency-Key`, it is the same delivery.
         *
         *     More records than a JSON body takes come as NDJSON, a record on each line, up to 256 MiB: `operation` and `connection` then stand in the query, and the lines are checked and stored as they arrive.
         *
         *     Needs the scope `write`.
         */
        post: operations["sendAllocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telemetry/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a delivery of telemetry is
         * @description Deliveries go on without their caller and survive a restart. They are kept for 30 days.
         *
         *     Needs the scope `read`.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/anycost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a month of one connection to another that takes bills
         * @description The month is read at the finest grain that its vendor has, with every kind of charge, and written in the Common Bill Format. A month that cannot be read completely is not sent. The receiver checks all rows before the first is sent. One export at a time writes into a stream. `dryRun` sends nothing and answers with the rows. An export that takes longer than this request may is a 202, and goes on: `Location` tells how far it is. Repeated under its `Idempotency-Key`, it is the same export.
         *
         *     Needs the scope `write`.
         */
        post: operations["exportAnyCost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an export is
         * @description Exports go on without their caller and survive a restart. They are kept for 30 days, and can be seen by whoever sees both connections.
         *
         *     Needs the scope `read`.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Each connection: what it can, how it is, what is left of its quotas
         * @description Capabilities, health, circuit, token state (never the token), pauses, quotas and how far each vendor has reported. It makes no call to a vendor beyond finding out a dialect, and waits for none: a connection that is `unknown` is tried in the background, at most once a minute and without cost to a quota.
         *
         *     Needs the scope `read`.
         */
        get: operations["listProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/providers/{connection}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close the circuit of a connection and drop its pauses
         * @description For when the vendor is known to be well again, or its credentials were renewed at the vendor. The next request is sent at once, by every replica that shares the store. What was spent of a quota stays spent; a vendor that still refuses is left alone again.
         *
         *     Needs the scope `admin`.
         */
        post: operations["resetProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The vendors' own operations, which /native forwards
         * @description Each can be called as `/native/{connection}` followed by its path, with the same key. The vendor’s status and bytes come back unchanged; tokens, pauses, quotas and retries are the gateway’s. `openapi/native.json` describes them all.
         *
         *     Needs the scope `read`.
         */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Answers as long as the process can answer at all.
         */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Should it be sent traffic?
         * @description Not while it is starting or draining. A vendor fault does not make it unready: what is kept can still be served. A store that cannot be reached or written does not either; `checks` says that it is degraded. A connection of which no call has succeeded since the start is not yet proven, and says so.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prometheus metrics
         * @description Requests, vendor calls, quotas and pauses in the Prometheus text format.
         *
         *     Needs the scope `admin`.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            /** @enum {string} */
            kind: "account" | "sub-account" | "deployment" | "project";
            parentId: string | null;
            nativeId: string;
            /** @enum {string} */
            state: "active" | "processing" | "suspended" | "error";
            currentMonth: components["schemas"]["Money"] | null;
            previousMonth: components["schemas"]["Money"] | null;
            forecast: components["schemas"]["Money"] | null;
        };
        AllocationRecord: {
            /**
             * @description A date or a timestamp in ISO 8601; without an offset it is UTC.
             * @example 2026-09-01
             */
            timestamp: string;
            /** @enum {string} */
            granularity?: "HOURLY" | "DAILY" | "MONTHLY";
            /**
             * @description A decimal above 0; absent in a deletion.
             * @example 2717
             */
            value?: string;
            /**
             * @description Whom the share belongs to.
             * @example Email
             */
            elementName?: string;
            /** @description Which costs are divided: elements of each dimension, by its name. */
            filter?: {
                [key: string]: string[];
            };
        };
        Anomaly: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            /** Format: date-time */
            detectedAt: string;
            /** @enum {string} */
            severity: "low" | "medium" | "high";
            /** @enum {string} */
            status: "open" | "closed";
            nativeStatus: string;
            /** @enum {string} */
            direction: "increase" | "decrease";
            scope: {
                [key: string]: string;
            };
            /** @description Null where the vendor tells the impact alone. */
            expected: components["schemas"]["Money"] | null;
            /** @description Null where the vendor tells the impact alone. */
            actual: components["schemas"]["Money"] | null;
            impact: components["schemas"]["Money"];
            deviationPercent: string | null;
            /** @enum {string} */
            detectedBy: "vendor" | "gateway";
        };
        AnomalyMonitor: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            description: string | null;
            filters: {
                [key: string]: string[];
            };
            readonly groupBy: string[];
            /** @enum {string} */
            sensitivity: "low" | "medium" | "high";
            minImpact: components["schemas"]["Money"] | null;
            /** @enum {string} */
            managedBy: "vendor" | "gateway";
            createdAt: string | null;
            updatedAt: string | null;
        };
        Budget: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            /** @enum {string} */
            period: "monthly" | "quarterly" | "annual" | "daily" | "other";
            nativePeriod?: string | null;
            /** @description Null where the vendor holds a budget without one. */
            limit: components["schemas"]["Money"] | null;
            spent: components["schemas"]["Money"] | null;
            remaining: components["schemas"]["Money"] | null;
            percentUsed: string | null;
            forecast: components["schemas"]["Money"] | null;
            /** @enum {string} */
            status: "ok" | "warning" | "exceeded" | "unknown";
            readonly alerts: {
                thresholdPercent: string;
                readonly recipients: string[];
            }[];
            /** @enum {string} */
            managedBy: "vendor" | "gateway";
            scope: components["schemas"]["Scope"];
            createdAt: string | null;
            updatedAt: string | null;
        };
        BudgetPeriod: {
            /** Format: date */
            start: string;
            /**
             * Format: date
             * @description Exclusive.
             */
            end: string;
            /** @description Null where the budget has none. */
            limit: components["schemas"]["Money"] | null;
            spent: components["schemas"]["Money"];
            percentUsed: string | null;
        };
        Change: {
            provider: string;
            connection: string;
            day: string;
            group: {
                [key: string]: string | null;
            };
            before: components["schemas"]["Money"];
            after: components["schemas"]["Money"];
            seenAt: string;
        };
        Charge: {
            /** @description Decimal string in `billingCurrency`. */
            billedCost: string;
            billingAccountId: string;
            billingAccountName: string | null;
            billingCurrency: string;
            billingPeriodEnd: string;
            billingPeriodStart: string;
            /** @enum {string} */
            chargeCategory: "Usage" | "Purchase" | "Tax" | "Credit" | "Adjustment";
            chargeClass: string | null;
            chargeDescription: string | null;
            chargeFrequency: string;
            chargePeriodEnd: string;
            chargePeriodStart: string;
            /** @description What was used, as a decimal string in `consumedUnit`. Null where the vendor does not tell it, and for all but usage. */
            consumedQuantity: string | null;
            /** @description In the vendor's word. Null together with `consumedQuantity`. */
            consumedUnit: string | null;
            contractedCost: string;
            effectiveCost: string;
            invoiceIssuerName: string;
            listCost: string;
            /** @description What was priced, as a decimal string in `pricingUnit`. Null where the vendor tells no quantity, and for taxes, credits and adjustments. */
            pricingQuantity: string | null;
            /** @description In the vendor's word. Null together with `pricingQuantity`. */
            pricingUnit: string | null;
            providerName: string;
            publisherName: string;
            regionId: string | null;
            resourceId: string | null;
            resourceName: string | null;
            serviceCategory: string;
            serviceName: string;
            serviceSubcategory: string;
            skuId: string | null;
            subAccountId: string | null;
            subAccountName: string | null;
            /** @description The connection of this gateway that the charge came through. */
            xConnection: string;
            /** @description Columns of this row that the vendor does not tell: they follow the fallback table. */
            xDerived: string[];
            xProvider: string;
        };
        Commitment: {
            id: string;
            provider: string;
            connection: string;
            /** @enum {string} */
            kind: "reservation" | "savings-plan" | "prepaid";
            name: string;
            scope: components["schemas"]["Scope"];
            /** @description The day on which it began; null where the vendor does not say. */
            start: string | null;
            /** @description The day on which it ends; null where the vendor does not say. */
            end: string | null;
            /** @description How much of what was used it paid for; null where nobody says. */
            coveragePercent: string | null;
            /** @description How much of it was used; null where nobody says. */
            utilisationPercent: string | null;
            /**
             * @description What both percentages are about: this commitment, or all commitments for the same product together, where the vendor tells no more.
             * @enum {string}
             */
            percentagesOf: "commitment" | "product";
            /** @description What was or will be paid for all of it; null where nobody says. */
            cost: components["schemas"]["Money"] | null;
            /** @description What it has saved; null where nobody says. */
            savings: components["schemas"]["Money"] | null;
        };
        Conversion: {
            from: string;
            to: string;
            rate: string;
            /**
             * @description Set where the rate is the reciprocal of a known one, rounded to 30 decimal places.
             * @constant
             */
            inverse?: true;
            validFrom: string;
            validTo: string;
            source: string;
        };
        CostCenter: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            /** @description Ids of accounts, as `GET /v1/accounts` lists them. */
            readonly accounts: string[];
            currentMonth: components["schemas"]["Money"] | null;
        };
        CostRow: {
            /** Format: date */
            start: string;
            /**
             * Format: date
             * @description Exclusive.
             */
            end: string;
            /** @description One value for each groupBy key. */
            group: {
                [key: string]: string | null;
            };
            /** @description Names of the ids in `group`, where the vendor tells them. */
            labels: {
                [key: string]: string;
            };
            cost: components["schemas"]["Money"];
            /**
             * @description The sum of all groups beyond `top`.
             * @constant
             */
            other?: true;
        };
        CostSummary: {
            provider: string;
            connection: string;
            current: components["schemas"]["Money"];
            previous: components["schemas"]["Money"] | null;
            change: components["schemas"]["Money"] | null;
            changePercent: string | null;
        };
        CostSummaryTotal: {
            current: components["schemas"]["Money"];
            previous: components["schemas"]["Money"] | null;
            change: components["schemas"]["Money"] | null;
            changePercent: string | null;
        };
        CreateAnomalyMonitor: {
            /** @description The id of the connection, as `GET /v1/providers` lists it. */
            connection: string;
            /** @description What people call it; what it finds is called the same. */
            name: string;
            description?: string | null;
            /** @description The cost that is watched, by account, service, region, category, resource, cloud or tag:<key>: equal keys are OR, different keys AND. All of it when empty. */
            filters?: {
                [key: string]: string[];
            };
            /** @description What is watched apart; one sum when empty. */
            groupBy?: string[];
            /**
             * @description `high` says more, and is wrong more often.
             * @default medium
             * @enum {string}
             */
            sensitivity: "low" | "medium" | "high";
            minImpact?: {
                /** @description A decimal string above 0, without exponent. */
                amount: string;
                /**
                 * @description ISO 4217 code, the one that the connection counts its costs in.
                 * @example USD
                 */
                currency: string;
            } | null;
        };
        CreateBudget: {
            /** @description The id of the connection, as `GET /v1/providers` lists it. */
            connection: string;
            /** @description What people call it. */
            name: string;
            /** @enum {string} */
            period: "monthly" | "quarterly" | "annual";
            /** @description What may be spent in one period. */
            limit: {
                /** @description A decimal string above 0, without exponent. */
                amount: string;
                /**
                 * @description ISO 4217 code, the one that the connection counts its costs in.
                 * @example USD
                 */
                currency: string;
            };
            alerts?: {
                /** @description Part of the limit, from 1 to 1000. */
                thresholdPercent: number | string;
                /** @description Who is mailed, where the vendor does that. */
                recipients?: string[];
            }[];
            /** @description Whose cost counts; all of the connection when empty. */
            scope?: {
                /** @description The account, as in cost rows. */
                account?: string;
                /** @description The service, as in cost rows. */
                service?: string;
                /** @description The region, as in cost rows. */
                region?: string;
                /** @description A view that is kept at the vendor. */
                view?: string;
                /** @description The native id of a cost center. */
                costCenter?: string;
            };
        };
        DetailedAnomaly: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            /** Format: date-time */
            detectedAt: string;
            /** @enum {string} */
            severity: "low" | "medium" | "high";
            /** @enum {string} */
            status: "open" | "closed";
            nativeStatus: string;
            /** @enum {string} */
            direction: "increase" | "decrease";
            scope: {
                [key: string]: string;
            };
            /** @description Null where the vendor tells the impact alone. */
            expected: components["schemas"]["Money"] | null;
            /** @description Null where the vendor tells the impact alone. */
            actual: components["schemas"]["Money"] | null;
            impact: components["schemas"]["Money"];
            deviationPercent: string | null;
            /** @enum {string} */
            detectedBy: "vendor" | "gateway";
            /** @description What drove it, the greatest first. */
            rootCauses: components["schemas"]["RootCause"][];
            /** @description The days around it. */
            history: {
                /** Format: date */
                day: string;
                actual: components["schemas"]["Money"] | null;
                /** @description Null on days for which nobody tells an expectation. */
                expected: components["schemas"]["Money"] | null;
            }[];
            /** @description What the vendor holds to be like it. Each can be read by its `id`. */
            similar: {
                id: string;
                nativeId: string;
                name: string;
            }[];
        };
        Dimension: {
            key: string;
            providers: string[];
            filterable: boolean;
            groupable: boolean;
        };
        DimensionValue: {
            value: string;
            label: string;
            provider: string;
        };
        ExchangeRate: {
            from: string;
            to: string;
            rate: string;
            validFrom: string;
            validTo: string;
            custom: boolean;
            source: string;
        };
        Export: {
            id: string;
            /** @enum {string} */
            state: "running" | "done" | "failed";
            /** @description Requests that the receiver has taken. */
            done: number;
            /** @description Of how many; null before the month is read. */
            total: number | null;
            problem: {
                /** @enum {string} */
                type: "/problems/invalid-request" | "/problems/unauthenticated" | "/problems/forbidden" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/not-acceptable" | "/problems/conflict" | "/problems/cursor-expired" | "/problems/payload-too-large" | "/problems/unsupported-media-type" | "/problems/capability-unsupported" | "/problems/conversion-unavailable" | "/problems/question-too-large" | "/problems/idempotency-conflict" | "/problems/idempotency-mismatch" | "/problems/rate-limited" | "/problems/headers-too-large" | "/problems/request-timeout" | "/problems/internal" | "/problems/not-ready" | "/problems/overloaded" | "/problems/deadline-exceeded" | "/problems/idempotency-unavailable" | "/problems/storage-unavailable" | "/problems/outcome-unknown" | "/problems/vendor-unavailable" | "/problems/vendor-timeout" | "/problems/vendor-throttled" | "/problems/quota-exhausted" | "/problems/circuit-open" | "/problems/vendor-rejected" | "/problems/vendor-not-found" | "/problems/vendor-redirected" | "/problems/vendor-malformed" | "/problems/vendor-too-large" | "/problems/vendor-incomplete" | "/problems/credentials-rejected" | "/problems/permission-missing";
                /** @enum {string} */
                kind: "invalid-request" | "unauthenticated" | "forbidden" | "not-found" | "method-not-allowed" | "not-acceptable" | "conflict" | "cursor-expired" | "payload-too-large" | "unsupported-media-type" | "capability-unsupported" | "conversion-unavailable" | "question-too-large" | "idempotency-conflict" | "idempotency-mismatch" | "rate-limited" | "headers-too-large" | "request-timeout" | "internal" | "not-ready" | "overloaded" | "deadline-exceeded" | "idempotency-unavailable" | "storage-unavailable" | "outcome-unknown" | "vendor-unavailable" | "vendor-timeout" | "vendor-throttled" | "quota-exhausted" | "circuit-open" | "vendor-rejected" | "vendor-not-found" | "vendor-redirected" | "vendor-malformed" | "vendor-too-large" | "vendor-incomplete" | "credentials-rejected" | "permission-missing";
                detail: string;
            } | null;
            from: string;
            to: string;
            connectionId: string;
            month: string;
            /** @enum {string} */
            operation: "replace_drop" | "replace_hourly" | "sum";
            rowCount: number;
            /** @description The sum of all rows, as `/v1/costs` has it. */
            totals: components["schemas"]["Money"][];
            requests: number;
            /** @description The receiver's ids of what it took. */
            dropIds: string[];
            /** @description Nothing was sent, because the receiver has the same rows already. */
            skipped: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ExportMonth: {
            /** @description The id of the connection, as `GET /v1/providers` lists it. */
            from: string;
            /** @description The connection that takes the bill; needed where several can. */
            to?: string;
            /**
             * @description In UTC.
             * @example 2026-10
             */
            month: string;
            /**
             * @description The receiver's id of the stream that takes the rows.
             * @example 5f1c
             */
            connectionId: string;
            /**
             * @description `replace_drop` (the default) replaces the whole month, `replace_hourly` the hours that are sent, `sum` adds to what is there.
             * @enum {string}
             */
            operation?: "replace_drop" | "replace_hourly" | "sum";
            /** @description Answers with the rows, and sends nothing. */
            dryRun?: boolean;
        };
        ExportedRows: {
            month: string;
            /** @enum {string} */
            operation: "replace_drop" | "replace_hourly" | "sum";
            rows: {
                [key: string]: string;
            }[];
            rowCount: number;
            totals: components["schemas"]["Money"][];
            requests: number;
            dropIds: string[];
        };
        FiredAlert: {
            thresholdPercent: string;
            /**
             * Format: date-time
             * @description When; the beginning of the day where only the day is known.
             */
            firedAt: string;
            spent: components["schemas"]["Money"];
        };
        ForecastPoint: {
            start: string;
            end: string;
            group: {
                [key: string]: string | null;
            };
            labels: {
                [key: string]: string;
            };
            cost: components["schemas"]["Money"];
            /** @description Four days in five are expected to cost at least this. */
            lower: components["schemas"]["Money"];
            upper: components["schemas"]["Money"];
            /** @description `vendor` for a forecast of the vendor; `seasonal` (weekdays, damped trend, days of the month) or `level` (less than two weeks of history) for the gateway's own; `mixed` for a sum over connections that were forecast in different ways. */
            method: string;
            actual: boolean;
        };
        Meta: {
            /** @description False if any provider that was asked is not fresh. */
            complete: boolean;
            providers: components["schemas"]["ProviderStatus"][];
            conversions?: components["schemas"]["Conversion"][];
        };
        Money: {
            /**
             * @description Canonical decimal string: no exponent, no separator, no trailing zeros.
             * @example 1234.5678
             */
            amount: string;
            /**
             * @description ISO 4217 code.
             * @example USD
             */
            currency: string;
        };
        NativeOperation: {
            id: string;
            provider: string;
            /** @description The connections that it can be called through. */
            connections: string[];
            /** @enum {string} */
            method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
            /** @description The vendor's path: `/native/{connection}` and this is the path here. */
            path: string;
            area: string;
            title: string;
            /** @description What the credential must be granted at the vendor. */
            scope: string | null;
            /**
             * @description What it does, whatever its method: it decides between `native:read` and `native:write`.
             * @enum {string}
             */
            effect: "read" | "write";
            parameters: {
                name: string;
                /** @enum {string} */
                in: "path" | "query";
                required: boolean;
                /** @description The value is the text of a JSON value. */
                json: boolean;
            }[];
            body: {
                required: boolean;
                types: string[];
            } | null;
            /** @description Media types of its good answers, where documented. */
            answers: string[];
            /** @description The quota of the connection that a call is charged to. */
            quota: string | null;
            note: string | null;
        };
        Page: {
            limit: number;
            nextCursor: string | null;
        };
        Policy: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            /**
             * @description `governance` holds a measured value to a threshold; `tagging` wants tags on every resource.
             * @enum {string}
             */
            kind: "governance" | "tagging";
            /** @enum {string} */
            status: "ok" | "violated" | "unknown";
            /** @description The vendor's own word or number for the status. */
            nativeStatus: string | null;
            /** @description How many things the check counts; null where it counts none, or the vendor tells no number. */
            findings: number | null;
            /** @description What was measured, as a decimal in `unit`. */
            value: string | null;
            /** @description What it is held to, as a decimal in `unit`. */
            threshold: string | null;
            unit: ("count" | "percent") | null;
            scope: components["schemas"]["Scope"];
            checkedAt: string | null;
        };
        /** @description Problem details after RFC 9457. */
        Problem: {
            /**
             * @description The path of the page that explains this kind.
             * @enum {string}
             */
            type: "/problems/invalid-request" | "/problems/unauthenticated" | "/problems/forbidden" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/not-acceptable" | "/problems/conflict" | "/problems/cursor-expired" | "/problems/payload-too-large" | "/problems/unsupported-media-type" | "/problems/capability-unsupported" | "/problems/conversion-unavailable" | "/problems/question-too-large" | "/problems/idempotency-conflict" | "/problems/idempotency-mismatch" | "/problems/rate-limited" | "/problems/headers-too-large" | "/problems/request-timeout" | "/problems/internal" | "/problems/not-ready" | "/problems/overloaded" | "/problems/deadline-exceeded" | "/problems/idempotency-unavailable" | "/problems/storage-unavailable" | "/problems/outcome-unknown" | "/problems/vendor-unavailable" | "/problems/vendor-timeout" | "/problems/vendor-throttled" | "/problems/quota-exhausted" | "/problems/circuit-open" | "/problems/vendor-rejected" | "/problems/vendor-not-found" | "/problems/vendor-redirected" | "/problems/vendor-malformed" | "/problems/vendor-too-large" | "/problems/vendor-incomplete" | "/problems/credentials-rejected" | "/problems/permission-missing";
            /** @description The kind in a few words; the same for every problem of it. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What happened this time. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            /** @description Leads to this request in the log of the gateway. */
            requestId: string;
            /** @description Every fault of the input. */
            errors?: {
                /**
                 * @description Where the fault is.
                 * @example query.start
                 */
                path: string;
                /** @description What is wrong there. */
                message: string;
            }[];
            /** @description How long to wait before the next attempt. */
            retryAfterSeconds?: number;
        };
        Provider: {
            provider: string;
            connection: string;
            title: string;
            /** @description Its figures come from a simulated vendor. */
            sandbox: boolean;
            dialect: string | null;
            /**
             * @description `down`: calls cannot succeed now. `degraded`: some calls fail or wait. `unknown`: no call has succeeded or failed since the start.
             * @enum {string}
             */
            health: "ok" | "degraded" | "down" | "unknown";
            capabilities: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            circuit: "closed" | "open" | "half-open";
            pausedUntil: string | null;
            pauseReason: string | null;
            token: {
                /** @enum {string} */
                state: "valid" | "refreshing" | "throttled" | "revoked" | "none";
                expiresAt: string | null;
            } | null;
            quotas: {
                name: string;
                /** @description Where the vendor counts each of its operations for itself: the one counted here. */
                operation?: string;
                limit: number;
                window: string;
                spent: number;
                left: number;
                resetsAt: string | null;
            }[];
            lastSuccessAt: string | null;
            lastFailure: {
                kind: string;
                public: string;
                at: string;
            } | null;
            /** @description How far older months are read ahead; null where that was never asked for. */
            backfill: {
                /** @description The first day that is read ahead. */
                from: string;
                /** @description The last day that is read ahead. */
                to: string;
                /** @description Every day from `from` to this one is stored; null while the first one is not. */
                doneThrough: string | null;
                /** @description Estimated number of vendor calls until all is stored. */
                callsLeft: number;
            } | null;
            completeThrough: string | null;
            cache: {
                segments: number;
                bytes: number;
            };
            warnings: string[];
        };
        /** @description Why a provider is not fresh. Nothing in it changes from hit to hit. */
        ProviderProblem: {
            /** @description A path under `/problems/`; it is served as a page. */
            type: string;
            title: string;
            status: number;
            detail: string;
        };
        ProviderStatus: {
            provider: string;
            connection: string;
            /** @enum {string} */
            status: "fresh" | "stale" | "partial" | "failed" | "unsupported";
            notes: {
                code: string;
                message: string;
            }[];
            /** @description When the figures of the latest month were asked for; the oldest of them counts. */
            asOf: string | null;
            /** @description The last day that the vendor has wholly reported. */
            completeThrough: string | null;
            /** @description Asked dimensions that this provider lacks; its cost stands under null. */
            missing: string[];
            problem?: components["schemas"]["ProviderProblem"];
        };
        Recommendation: {
            id: string;
            provider: string;
            connection: string;
            title: string;
            description: string | null;
            category: string | null;
            status: string;
            /** @enum {string} */
            effort: "low" | "medium" | "high" | "unknown";
            savings: components["schemas"]["Money"] | null;
            scope: components["schemas"]["Scope"];
            link: string | null;
        };
        ReplaceAnomalyMonitor: {
            /** @description The id of the connection, as `GET /v1/providers` lists it. */
            connection?: string;
            /** @description What people call it; what it finds is called the same. */
            name: string;
            description?: string | null;
            /** @description The cost that is watched, by account, service, region, category, resource, cloud or tag:<key>: equal keys are OR, different keys AND. All of it when empty. */
            filters?: {
                [key: string]: string[];
            };
            /** @description What is watched apart; one sum when empty. */
            groupBy?: string[];
            /**
             * @description `high` says more, and is wrong more often.
             * @default medium
             * @enum {string}
             */
            sensitivity: "low" | "medium" | "high";
            minImpact?: {
                /** @description A decimal string above 0, without exponent. */
                amount: string;
                /**
                 * @description ISO 4217 code, the one that the connection counts its costs in.
                 * @example USD
                 */
                currency: string;
            } | null;
        };
        ReplaceBudget: {
            /** @description The id of the connection, as `GET /v1/providers` lists it. */
            connection?: string;
            /** @description What people call it. */
            name: string;
            /** @enum {string} */
            period: "monthly" | "quarterly" | "annual";
            /** @description What may be spent in one period. */
            limit: {
                /** @description A decimal string above 0, without exponent. */
                amount: string;
                /**
                 * @description ISO 4217 code, the one that the connection counts its costs in.
                 * @example USD
                 */
                currency: string;
            };
            alerts?: {
                /** @description Part of the limit, from 1 to 1000. */
                thresholdPercent: number | string;
                /** @description Who is mailed, where the vendor does that. */
                recipients?: string[];
            }[];
            /** @description Whose cost counts; all of the connection when empty. */
            scope?: {
                /** @description The account, as in cost rows. */
                account?: string;
                /** @description The service, as in cost rows. */
                service?: string;
                /** @description The region, as in cost rows. */
                region?: string;
                /** @description A view that is kept at the vendor. */
                view?: string;
                /** @description The native id of a cost center. */
                costCenter?: string;
            };
        };
        RootCause: {
            /** @enum {string} */
            kind: "resource" | "service" | "region" | "account" | "category";
            id: string;
            /** @description Its own name; the id where it has none. */
            name: string;
            service: string | null;
            region: string | null;
            account: string | null;
            /** @description What it cost in the period of the anomaly. */
            cost: components["schemas"]["Money"];
            /** @description How much more or less than usual; null where the vendor does not say. */
            change: components["schemas"]["Money"] | null;
            /** @description What users of the vendor call it; null where they gave it no name. */
            alias: string | null;
            /** @description Its part of the whole deviation, negative for what went the other way; null where nobody says. */
            sharePercent: string | null;
            /** @description It cost nothing on the days that it is compared with. */
            isNew: boolean;
        };
        Scope: {
            account?: string;
            service?: string;
            region?: string;
            view?: string;
            costCenter?: string;
        };
        SendAllocations: {
            /** @description The connection that takes it; needed where several can. */
            connection?: string;
            /**
             * @description `sum` adds to what the vendor has of the same time and meaning, `replace` overwrites it, `delete` removes it.
             * @enum {string}
             */
            operation: "sum" | "replace" | "delete";
            records: components["schemas"]["AllocationRecord"][];
        };
        SendUnitMetrics: {
            /** @description The connection that takes it; needed where several can. */
            connection?: string;
            /**
             * @description `sum` adds to what the vendor has of the same time and meaning, `replace` overwrites it, `delete` removes it.
             * @enum {string}
             */
            operation: "sum" | "replace" | "delete";
            records: components["schemas"]["UnitMetricRecord"][];
        };
        TagCoverage: {
            /** @description As in `tag:<key>`. */
            key: string;
            provider: string;
            connection: string;
            /** @description What has any value under this key. */
            taggedCost: components["schemas"]["Money"];
            /** @description All of the cost, with and without. */
            totalCost: components["schemas"]["Money"];
            /** @description With two decimals, half to even; null where the total is zero. */
            coveragePercent: string | null;
        };
        TelemetryDelivery: {
            id: string;
            /** @enum {string} */
            state: "running" | "done" | "failed";
            /** @description Requests to the vendor that are over. */
            done: number;
            total: number | null;
            problem: {
                /** @enum {string} */
                type: "/problems/invalid-request" | "/problems/unauthenticated" | "/problems/forbidden" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/not-acceptable" | "/problems/conflict" | "/problems/cursor-expired" | "/problems/payload-too-large" | "/problems/unsupported-media-type" | "/problems/capability-unsupported" | "/problems/conversion-unavailable" | "/problems/question-too-large" | "/problems/idempotency-conflict" | "/problems/idempotency-mismatch" | "/problems/rate-limited" | "/problems/headers-too-large" | "/problems/request-timeout" | "/problems/internal" | "/problems/not-ready" | "/problems/overloaded" | "/problems/deadline-exceeded" | "/problems/idempotency-unavailable" | "/problems/storage-unavailable" | "/problems/outcome-unknown" | "/problems/vendor-unavailable" | "/problems/vendor-timeout" | "/problems/vendor-throttled" | "/problems/quota-exhausted" | "/problems/circuit-open" | "/problems/vendor-rejected" | "/problems/vendor-not-found" | "/problems/vendor-redirected" | "/problems/vendor-malformed" | "/problems/vendor-too-large" | "/problems/vendor-incomplete" | "/problems/credentials-rejected" | "/problems/permission-missing";
                /** @enum {string} */
                kind: "invalid-request" | "unauthenticated" | "forbidden" | "not-found" | "method-not-allowed" | "not-acceptable" | "conflict" | "cursor-expired" | "payload-too-large" | "unsupported-media-type" | "capability-unsupported" | "conversion-unavailable" | "question-too-large" | "idempotency-conflict" | "idempotency-mismatch" | "rate-limited" | "headers-too-large" | "request-timeout" | "internal" | "not-ready" | "overloaded" | "deadline-exceeded" | "idempotency-unavailable" | "storage-unavailable" | "outcome-unknown" | "vendor-unavailable" | "vendor-timeout" | "vendor-throttled" | "quota-exhausted" | "circuit-open" | "vendor-rejected" | "vendor-not-found" | "vendor-redirected" | "vendor-malformed" | "vendor-too-large" | "vendor-incomplete" | "credentials-rejected" | "permission-missing";
                detail: string;
            } | null;
            connection: string;
            /** @enum {string} */
            kind: "unit-metric" | "allocation";
            stream: string;
            /** @enum {string} */
            operation: "sum" | "replace" | "delete";
            records: number;
            /** @description Records, counted from 0, of which it is not known whether the vendor took them. */
            unknown: {
                first: number;
                last: number;
            }[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        UnitCost: {
            id: string;
            provider: string;
            connection: string;
            name: string;
            unit: string;
            period: {
                /** Format: date */
                start: string;
                /**
                 * Format: date
                 * @description Exclusive.
                 */
                end: string;
            };
            /** @description How many units, as a decimal. */
            quantity: string;
            cost: components["schemas"]["Money"];
            /** @description `cost` divided by `quantity`, rounded half to even to 12 significant digits; nothing else is rounded. */
            unitCost: components["schemas"]["Money"];
        };
        UnitMetricRecord: {
            /**
             * @description A date or a timestamp in ISO 8601; without an offset it is UTC.
             * @example 2026-09-01
             */
            timestamp: string;
            /** @enum {string} */
            granularity?: "HOURLY" | "DAILY" | "MONTHLY";
            /**
             * @description A decimal above 0; absent in a deletion.
             * @example 2717
             */
            value?: string;
            /**
             * @description Which costs it is about: one element of each dimension, by its name.
             * @example {
             *       "custom:Engineering Team": "Leonardo"
             *     }
             */
            associatedCost?: {
                [key: string]: string;
            };
        };
    };
    responses: {
        /** @description The vendor cannot do this (`capability-unsupported`). */
        CapabilityUnsupported: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/capability-unsupported";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description The cursor has expired (`cursor-expired`). */
        CursorExpired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/cursor-expired";
                    /** @constant */
                    status?: 410;
                };
            };
        };
        /** @description The deadline has passed (`deadline-exceeded`). */
        DeadlineExceeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/deadline-exceeded";
                    /** @constant */
                    status?: 504;
                };
            };
        };
        /** @description The credential does not allow this (`forbidden`). */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/forbidden";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description The gateway failed (`internal`). */
        Internal: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/internal";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description The gateway failed (`internal`). */
        "Internal-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/internal";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description The request is not valid (`invalid-request`). */
        InvalidRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/invalid-request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description The request is not valid (`invalid-request`). */
        "InvalidRequest-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/invalid-request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description No acceptable representation (`not-acceptable`). */
        NotAcceptable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/not-acceptable";
                    /** @constant */
                    status?: 406;
                };
            };
        };
        /** @description No acceptable representation (`not-acceptable`). */
        "NotAcceptable-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/not-acceptable";
                    /** @constant */
                    status?: 406;
                };
            };
        };
        /** @description There is nothing here (`not-found`). */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/not-found";
                    /** @constant */
                    status?: 404;
                };
            };
        };
        /** @description The body is too large (`payload-too-large`). */
        PayloadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/payload-too-large";
                    /** @constant */
                    status?: 413;
                };
            };
        };
        /** @description The request conflicts with the present state (`conflict`). The same request is still running (`idempotency-conflict`). */
        Problems409: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/conflict" | "/problems/idempotency-conflict";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description The vendor cannot do this (`capability-unsupported`). No exchange rate is known (`conversion-unavailable`). The question is too large (`question-too-large`). */
        Problems422: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/capability-unsupported" | "/problems/conversion-unavailable" | "/problems/question-too-large";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description The vendor cannot do this (`capability-unsupported`). The question is too large (`question-too-large`). */
        "Problems422-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/capability-unsupported" | "/problems/question-too-large";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description The vendor cannot do this (`capability-unsupported`). The idempotency key belongs to another request (`idempotency-mismatch`). */
        "Problems422-3": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/capability-unsupported" | "/problems/idempotency-mismatch";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description The question is too large (`question-too-large`). No exchange rate is known (`conversion-unavailable`). */
        "Problems422-4": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/question-too-large" | "/problems/conversion-unavailable";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Too many requests (`rate-limited`). The vendor asks for fewer requests (`vendor-throttled`). The vendor's quota is used up (`quota-exhausted`). */
        Problems429: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/rate-limited" | "/problems/vendor-throttled" | "/problems/quota-exhausted";
                    /** @constant */
                    status?: 429;
                };
            };
        };
        /** @description The vendor cannot be reached (`vendor-unavailable`). The answer of the vendor could not be read (`vendor-malformed`). The answer of the vendor is incomplete (`vendor-incomplete`). The vendor rejects the gateway's credentials (`credentials-rejected`). The gateway's credentials lack a permission (`permission-missing`). */
        Problems502: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/vendor-unavailable" | "/problems/vendor-malformed" | "/problems/vendor-incomplete" | "/problems/credentials-rejected" | "/problems/permission-missing";
                    /** @constant */
                    status?: 502;
                };
            };
        };
        /** @description The vendor cannot be reached (`vendor-unavailable`). The answer of the vendor could not be read (`vendor-malformed`). The answer of the vendor is incomplete (`vendor-incomplete`). The vendor rejects the gateway's credentials (`credentials-rejected`). The gateway's credentials lack a permission (`permission-missing`). The vendor refused the request (`vendor-rejected`). The vendor does not know what was asked for (`vendor-not-found`). */
        "Problems502-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/vendor-unavailable" | "/problems/vendor-malformed" | "/problems/vendor-incomplete" | "/problems/credentials-rejected" | "/problems/permission-missing" | "/problems/vendor-rejected" | "/problems/vendor-not-found";
                    /** @constant */
                    status?: 502;
                };
            };
        };
        /** @description The gateway has too much to do (`overloaded`). The gateway is not ready (`not-ready`). The connection is being left alone (`circuit-open`). */
        Problems503: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/overloaded" | "/problems/not-ready" | "/problems/circuit-open";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description The gateway has too much to do (`overloaded`). The gateway is not ready (`not-ready`). The connection is being left alone (`circuit-open`). Writes cannot be protected at the moment (`idempotency-unavailable`). The storage of the gateway cannot be written (`storage-unavailable`). */
        "Problems503-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/overloaded" | "/problems/not-ready" | "/problems/circuit-open" | "/problems/idempotency-unavailable" | "/problems/storage-unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description The gateway has too much to do (`overloaded`). The gateway is not ready (`not-ready`). */
        "Problems503-3": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/overloaded" | "/problems/not-ready";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description The gateway has too much to do (`overloaded`). The gateway is not ready (`not-ready`). */
        "Problems503-4": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/overloaded" | "/problems/not-ready";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description The deadline has passed (`deadline-exceeded`). The vendor did not answer in time (`vendor-timeout`). */
        Problems504: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/deadline-exceeded" | "/problems/vendor-timeout";
                    /** @constant */
                    status?: 504;
                };
            };
        };
        /** @description The deadline has passed (`deadline-exceeded`). The vendor did not answer in time (`vendor-timeout`). It is not known whether the write was done (`outcome-unknown`). */
        "Problems504-2": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/deadline-exceeded" | "/problems/vendor-timeout" | "/problems/outcome-unknown";
                    /** @constant */
                    status?: 504;
                };
            };
        };
        /** @description Too many requests (`rate-limited`). */
        RateLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/rate-limited";
                    /** @constant */
                    status?: 429;
                };
            };
        };
        /** @description A valid credential is needed (`unauthenticated`). */
        Unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/unauthenticated";
                    /** @constant */
                    status?: 401;
                };
            };
        };
        /** @description The body has an unsupported media type (`unsupported-media-type`). */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    type?: "/problems/unsupported-media-type";
                    /** @constant */
                    status?: 415;
                };
            };
        };
    };
    parameters: {
        /**
         * @description An id of yours for this request. It comes back in the answer and stands in the log.
         * @example nightly-report-17
         */
        RequestId: string;
        /**
         * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
         * @example 5000
         */
        Deadline: number;
        /**
         * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
         * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
         */
        IfNoneMatch: string;
        /**
         * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
         * @example no-cache
         */
        CacheControl: string;
        /**
         * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
         * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The id under which the log of the gateway knows this request; the one that was sent, if well-formed.
         * @example 99e21065-a8be-4689-82db-168e14c7bf07
         */
        "X-Request-Id": string;
        /**
         * @description Names these bytes; strong, and one for each content coding. Lines (NDJSON, CSV) have none.
         * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
         */
        ETag: string;
        /**
         * @description How long the answer may be kept, by the caller alone: `private, max-age=…, stale-while-revalidate=…`, short for one that is not complete; `no-store` for problems, writes and what tells the present state.
         * @example private, max-age=60, stale-while-revalidate=600
         */
        "Cache-Control": string;
        /**
         * @description Where the answer came from (RFC 9211): `hit` for one that was kept, with the seconds left in `ttl`; `fwd=miss` for one made now, `fwd=stale` where older figures stand in, `fwd=request` where you asked for none that was kept; `collapsed` where you shared it with others.
         * @example cost-gateway; hit; ttl=4
         */
        "Cache-Status": string;
        /**
         * @description Seconds since the answer was made, or since the oldest of the figures that stand in were read.
         * @example 0
         */
        Age: number;
        /**
         * @description The request headers on which the answer depends.
         * @example Accept, Accept-Encoding, Authorization, X-Api-Key
         */
        Vary: string;
        /**
         * @description What is left of your limit (`r`) and in how many seconds some of it comes back (`t`).
         * @example "default";r=599;t=60
         */
        RateLimit: string;
        /**
         * @description Your limit: `q` requests in `w` seconds.
         * @example "default";q=600;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description Seconds to wait before the next attempt.
         * @example 30
         */
        "Retry-After": number;
        /**
         * @description How to authenticate.
         * @example Bearer realm="cost-gateway"
         */
        "WWW-Authenticate": string;
        /**
         * @description The path of what was made.
         * @example /v1/budgets/acme%3Ab-1
         */
        Location: string;
        /**
         * @description With CSV, where there is one: the path of the next page, as `rel="next"`.
         * @example </v1/costs?limit=100&cursor=eyJ>; rel="next"
         */
        Link: string;
        /**
         * @description With CSV: what `meta.complete` says in JSON.
         * @example true
         */
        "Cost-Gateway-Complete": "true" | "false";
        /**
         * @description With CSV that is not complete: the connections that are not fresh, with commas between.
         * @example acme
         */
        "Cost-Gateway-Missing": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCosts: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description One row a day, a month, or for the whole range; `daily` when absent.
                 * @example daily
                 */
                granularity?: "daily" | "monthly" | "total";
                /**
                 * @description What to tell apart: `provider`, `connection`, `account`, `service`, `region`, `category`, `resource`, `cloud`, `tag:<key>`. Repeat it or give a comma list; the order is the order of the rows.
                 * @example [
                 *       "provider",
                 *       "service"
                 *     ]
                 */
                groupBy?: string[];
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Only the cost of this account. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "123456789012"
                 *     ]
                 */
                account?: string[];
                /**
                 * @description Only the cost of this service. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "AmazonEC2"
                 *     ]
                 */
                service?: string[];
                /**
                 * @description Only the cost of this region. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "us-east-1"
                 *     ]
                 */
                region?: string[];
                /**
                 * @description Only the cost of this category. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "Usage"
                 *     ]
                 */
                category?: string[];
                /**
                 * @description Only the cost of this cloud, such as aws, azure or gcp. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "aws"
                 *     ]
                 */
                cloud?: string[];
                /**
                 * @description Only the cost with this tag, as `key=value`. Equal keys are OR, different keys AND.
                 * @example [
                 *       "Environment=production"
                 *     ]
                 */
                tag?: string[];
                /**
                 * @description Which figure: `billed` is what is invoiced, `effective` is amortised after discounts, `list` and `contracted` as in FOCUS. A provider with one figure uses it and says so in its notes.
                 * @example billed
                 */
                costType?: "billed" | "effective" | "list" | "contracted";
                /**
                 * @description Convert to this currency with the dated rates named in `meta.conversions`. Without it rows are split by currency.
                 * @example USD
                 */
                currency?: string;
                /**
                 * @description Order of the rows; `start` when absent.
                 * @example -cost
                 */
                sort?: "start" | "-cost" | "cost";
                /**
                 * @description Keep the groups with the largest totals; the others become one row a period with `other: true`.
                 * @example 10
                 */
                top?: number;
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows, complete or honest about what is missing. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    "Cost-Gateway-Complete": components["headers"]["Cost-Gateway-Complete"];
                    "Cost-Gateway-Missing": components["headers"]["Cost-Gateway-Missing"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "start": "2026-11-01",
                     *           "end": "2026-11-02",
                     *           "group": {
                     *             "provider": "acme",
                     *             "service": "search"
                     *           },
                     *           "labels": {},
                     *           "cost": {
                     *             "amount": "118.0214",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "totals": [
                     *         {
                     *           "amount": "118.0214",
                     *           "currency": "USD"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CostRow"][];
                        totals: components["schemas"]["Money"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["Problems422"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    summariseCosts: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description What to compare with: the same number of days just before (when absent), or the same days a month or a year earlier.
                 * @example previous-month
                 */
                compare?: "previous-period" | "previous-month" | "previous-year";
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Only the cost of this account. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "123456789012"
                 *     ]
                 */
                account?: string[];
                /**
                 * @description Only the cost of this service. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "AmazonEC2"
                 *     ]
                 */
                service?: string[];
                /**
                 * @description Only the cost of this region. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "us-east-1"
                 *     ]
                 */
                region?: string[];
                /**
                 * @description Only the cost of this category. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "Usage"
                 *     ]
                 */
                category?: string[];
                /**
                 * @description Only the cost of this cloud, such as aws, azure or gcp. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "aws"
                 *     ]
                 */
                cloud?: string[];
                /**
                 * @description Only the cost with this tag, as `key=value`. Equal keys are OR, different keys AND.
                 * @example [
                 *       "Environment=production"
                 *     ]
                 */
                tag?: string[];
                /**
                 * @description Which figure: `billed` is what is invoiced, `effective` is amortised after discounts, `list` and `contracted` as in FOCUS. A provider with one figure uses it and says so in its notes.
                 * @example billed
                 */
                costType?: "billed" | "effective" | "list" | "contracted";
                /**
                 * @description Convert to this currency with the dated rates named in `meta.conversions`. Without it rows are split by currency.
                 * @example USD
                 */
                currency?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry per connection and currency. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "current": {
                     *             "amount": "2400.5",
                     *             "currency": "USD"
                     *           },
                     *           "previous": {
                     *             "amount": "2000",
                     *             "currency": "USD"
                     *           },
                     *           "change": {
                     *             "amount": "400.5",
                     *             "currency": "USD"
                     *           },
                     *           "changePercent": "20.02"
                     *         }
                     *       ],
                     *       "totals": [
                     *         {
                     *           "current": {
                     *             "amount": "2400.5",
                     *             "currency": "USD"
                     *           },
                     *           "previous": {
                     *             "amount": "2000",
                     *             "currency": "USD"
                     *           },
                     *           "change": {
                     *             "amount": "400.5",
                     *             "currency": "USD"
                     *           },
                     *           "changePercent": "20.02"
                     *         }
                     *       ],
                     *       "periods": {
                     *         "asked": {
                     *           "start": "2026-11-01",
                     *           "end": "2026-11-22"
                     *         },
                     *         "current": {
                     *           "start": "2026-11-01",
                     *           "end": "2026-11-21"
                     *         },
                     *         "previous": {
                     *           "start": "2026-10-12",
                     *           "end": "2026-11-01"
                     *         }
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CostSummary"][];
                        totals: components["schemas"]["CostSummaryTotal"][];
                        periods: {
                            /** @description The range of the question, up to today. */
                            asked: {
                                start: string;
                                end: string;
                            };
                            /** @description The days of it that are summed and compared. */
                            current: {
                                start: string;
                                end: string;
                            };
                            previous: {
                                start: string;
                                end: string;
                            };
                        };
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["Problems422"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    forecastCosts: {
        parameters: {
            query?: {
                /**
                 * @description The last day to forecast, at most 12 months ahead; the end of this month when absent.
                 * @example 2026-12-31
                 */
                horizon?: string;
                /**
                 * @description One point a day or a month; `daily` when absent.
                 * @example monthly
                 */
                granularity?: "daily" | "monthly";
                /**
                 * @description What to tell apart: `provider`, `connection`, `account`, `service`, `region`, `category`, `resource`, `cloud`, `tag:<key>`. Repeat it or give a comma list; the order is the order of the rows.
                 * @example [
                 *       "provider",
                 *       "service"
                 *     ]
                 */
                groupBy?: string[];
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Only the cost of this account. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "123456789012"
                 *     ]
                 */
                account?: string[];
                /**
                 * @description Only the cost of this service. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "AmazonEC2"
                 *     ]
                 */
                service?: string[];
                /**
                 * @description Only the cost of this region. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "us-east-1"
                 *     ]
                 */
                region?: string[];
                /**
                 * @description Only the cost of this category. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "Usage"
                 *     ]
                 */
                category?: string[];
                /**
                 * @description Only the cost of this cloud, such as aws, azure or gcp. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "aws"
                 *     ]
                 */
                cloud?: string[];
                /**
                 * @description Only the cost with this tag, as `key=value`. Equal keys are OR, different keys AND.
                 * @example [
                 *       "Environment=production"
                 *     ]
                 */
                tag?: string[];
                /**
                 * @description Which figure: `billed` is what is invoiced, `effective` is amortised after discounts, `list` and `contracted` as in FOCUS. A provider with one figure uses it and says so in its notes.
                 * @example billed
                 */
                costType?: "billed" | "effective" | "list" | "contracted";
                /**
                 * @description Convert to this currency with the dated rates named in `meta.conversions`. Without it rows are split by currency.
                 * @example USD
                 */
                currency?: string;
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The points, group by group. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "start": "2026-11-21",
                     *           "end": "2026-11-22",
                     *           "group": {},
                     *           "labels": {},
                     *           "cost": {
                     *             "amount": "118.02",
                     *             "currency": "USD"
                     *           },
                     *           "lower": {
                     *             "amount": "109.5",
                     *             "currency": "USD"
                     *           },
                     *           "upper": {
                     *             "amount": "126.54",
                     *             "currency": "USD"
                     *           },
                     *           "method": "seasonal",
                     *           "actual": false
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ForecastPoint"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["Problems422"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listCharges: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Only the cost of this account. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "123456789012"
                 *     ]
                 */
                account?: string[];
                /**
                 * @description Only the cost of this service. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "AmazonEC2"
                 *     ]
                 */
                service?: string[];
                /**
                 * @description Only the cost of this region. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "us-east-1"
                 *     ]
                 */
                region?: string[];
                /**
                 * @description Only the cost of this category. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "Usage"
                 *     ]
                 */
                category?: string[];
                /**
                 * @description Only the cost of this cloud, such as aws, azure or gcp. Repeat it for several; `null()` selects the rows without one. Never split at commas.
                 * @example [
                 *       "aws"
                 *     ]
                 */
                cloud?: string[];
                /**
                 * @description Only the cost with this tag, as `key=value`. Equal keys are OR, different keys AND.
                 * @example [
                 *       "Environment=production"
                 *     ]
                 */
                tag?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of charges, oldest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    "Cost-Gateway-Complete": components["headers"]["Cost-Gateway-Complete"];
                    "Cost-Gateway-Missing": components["headers"]["Cost-Gateway-Missing"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "billedCost": "14.0214",
                     *           "billingAccountId": "acme",
                     *           "billingAccountName": null,
                     *           "billingCurrency": "USD",
                     *           "billingPeriodEnd": "2026-12-01T00:00:00Z",
                     *           "billingPeriodStart": "2026-11-01T00:00:00Z",
                     *           "chargeCategory": "Usage",
                     *           "chargeClass": null,
                     *           "chargeDescription": "Search node, 4 GB",
                     *           "chargeFrequency": "Usage-Based",
                     *           "chargePeriodEnd": "2026-11-02T00:00:00Z",
                     *           "chargePeriodStart": "2026-11-01T00:00:00Z",
                     *           "consumedQuantity": "24",
                     *           "consumedUnit": "hour",
                     *           "contractedCost": "14.0214",
                     *           "effectiveCost": "14.0214",
                     *           "invoiceIssuerName": "Acme",
                     *           "listCost": "14.0214",
                     *           "pricingQuantity": "24",
                     *           "pricingUnit": "hour",
                     *           "providerName": "Acme",
                     *           "publisherName": "Acme",
                     *           "regionId": null,
                     *           "resourceId": null,
                     *           "resourceName": null,
                     *           "serviceCategory": "Other",
                     *           "serviceName": "search",
                     *           "serviceSubcategory": "Other (Other)",
                     *           "skuId": "acme.search.4g",
                     *           "subAccountId": "d-1",
                     *           "subAccountName": "production",
                     *           "xConnection": "acme",
                     *           "xDerived": [
                     *             "billingAccountId",
                     *             "chargeFrequency",
                     *             "contractedCost",
                     *             "effectiveCost",
                     *             "listCost",
                     *             "pricingQuantity",
                     *             "pricingUnit",
                     *             "serviceCategory",
                     *             "serviceSubcategory"
                     *           ],
                     *           "xProvider": "acme"
                     *         }
                     *       ],
                     *       "totals": [
                     *         {
                     *           "amount": "14.0214",
                     *           "currency": "USD"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Charge"][];
                        totals: components["schemas"]["Money"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["Problems422-2"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /**
                 * @description Only what was seen since this day; the last 30 days when absent.
                 * @example 2026-11-01
                 */
                since?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    "Cost-Gateway-Complete": components["headers"]["Cost-Gateway-Complete"];
                    "Cost-Gateway-Missing": components["headers"]["Cost-Gateway-Missing"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "day": "2026-11-14",
                     *           "group": {
                     *             "account": "d-1",
                     *             "service": "search"
                     *           },
                     *           "before": {
                     *             "amount": "118.02",
                     *             "currency": "USD"
                     *           },
                     *           "after": {
                     *             "amount": "119.5",
                     *             "currency": "USD"
                     *           },
                     *           "seenAt": "2026-11-15T08:00:00Z"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [],
                     *             "asOf": null,
                     *             "completeThrough": null,
                     *             "missing": []
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Change"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["CapabilityUnsupported"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listExchangeRates: {
        parameters: {
            query?: {
                /**
                 * @description Only rates from this currency.
                 * @example [
                 *       "INR"
                 *     ]
                 */
                from?: string[];
                /**
                 * @description Only rates into this currency.
                 * @example [
                 *       "USD"
                 *     ]
                 */
                to?: string[];
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rates. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "from": "INR",
                     *           "to": "USD",
                     *           "rate": "0.011114",
                     *           "validFrom": "2026-01-01",
                     *           "validTo": "2026-02-01",
                     *           "source": "acme",
                     *           "custom": true
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ExchangeRate"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listBudgets: {
        parameters: {
            query?: {
                /**
                 * @description Only budgets with this status. Repeat it for several.
                 * @example [
                 *       "exceeded"
                 *     ]
                 */
                status?: ("ok" | "warning" | "exceeded" | "unknown")[];
                /**
                 * @description Only budgets of this period. Repeat it for several.
                 * @example [
                 *       "monthly"
                 *     ]
                 */
                period?: ("monthly" | "quarterly" | "annual" | "daily" | "other")[];
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:b-1",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "Core platform",
                     *           "period": "monthly",
                     *           "limit": {
                     *             "amount": "25000.5",
                     *             "currency": "USD"
                     *           },
                     *           "spent": {
                     *             "amount": "20000.4",
                     *             "currency": "USD"
                     *           },
                     *           "remaining": {
                     *             "amount": "5000.1",
                     *             "currency": "USD"
                     *           },
                     *           "percentUsed": "80",
                     *           "forecast": null,
                     *           "status": "warning",
                     *           "alerts": [
                     *             {
                     *               "thresholdPercent": "80",
                     *               "recipients": [
                     *                 "ops@example.com"
                     *               ]
                     *             }
                     *           ],
                     *           "managedBy": "vendor",
                     *           "scope": {
                     *             "account": "123456789012"
                     *           },
                     *           "createdAt": "2026-01-01T00:00:00Z",
                     *           "updatedAt": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Budget"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    createBudget: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBudget"];
            };
        };
        responses: {
            /** @description The budget; `Location` is its path. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:b-1",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "Core platform",
                     *         "period": "monthly",
                     *         "limit": {
                     *           "amount": "25000.5",
                     *           "currency": "USD"
                     *         },
                     *         "spent": {
                     *           "amount": "20000.4",
                     *           "currency": "USD"
                     *         },
                     *         "remaining": {
                     *           "amount": "5000.1",
                     *           "currency": "USD"
                     *         },
                     *         "percentUsed": "80",
                     *         "forecast": null,
                     *         "status": "warning",
                     *         "alerts": [
                     *           {
                     *             "thresholdPercent": "80",
                     *             "recipients": [
                     *               "ops@example.com"
                     *             ]
                     *           }
                     *         ],
                     *         "managedBy": "vendor",
                     *         "scope": {
                     *           "account": "123456789012"
                     *         },
                     *         "createdAt": "2026-01-01T00:00:00Z",
                     *         "updatedAt": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Budget"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    getBudget: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:b-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The budget. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:b-1",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "Core platform",
                     *         "period": "monthly",
                     *         "limit": {
                     *           "amount": "25000.5",
                     *           "currency": "USD"
                     *         },
                     *         "spent": {
                     *           "amount": "20000.4",
                     *           "currency": "USD"
                     *         },
                     *         "remaining": {
                     *           "amount": "5000.1",
                     *           "currency": "USD"
                     *         },
                     *         "percentUsed": "80",
                     *         "forecast": null,
                     *         "status": "warning",
                     *         "alerts": [
                     *           {
                     *             "thresholdPercent": "80",
                     *             "recipients": [
                     *               "ops@example.com"
                     *             ]
                     *           }
                     *         ],
                     *         "managedBy": "vendor",
                     *         "scope": {
                     *           "account": "123456789012"
                     *         },
                     *         "createdAt": "2026-01-01T00:00:00Z",
                     *         "updatedAt": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Budget"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    replaceBudget: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:b-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceBudget"];
            };
        };
        responses: {
            /** @description The budget as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:b-1",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "Core platform",
                     *         "period": "monthly",
                     *         "limit": {
                     *           "amount": "25000.5",
                     *           "currency": "USD"
                     *         },
                     *         "spent": {
                     *           "amount": "20000.4",
                     *           "currency": "USD"
                     *         },
                     *         "remaining": {
                     *           "amount": "5000.1",
                     *           "currency": "USD"
                     *         },
                     *         "percentUsed": "80",
                     *         "forecast": null,
                     *         "status": "warning",
                     *         "alerts": [
                     *           {
                     *             "thresholdPercent": "80",
                     *             "recipients": [
                     *               "ops@example.com"
                     *             ]
                     *           }
                     *         ],
                     *         "managedBy": "vendor",
                     *         "scope": {
                     *           "account": "123456789012"
                     *         },
                     *         "createdAt": "2026-01-01T00:00:00Z",
                     *         "updatedAt": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Budget"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    removeBudget: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:b-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    getBudgetHistory: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:b-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The periods before the present one, and the alerts. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "periods": [
                     *           {
                     *             "start": "2026-10-01",
                     *             "end": "2026-11-01",
                     *             "limit": {
                     *               "amount": "25000.5",
                     *               "currency": "USD"
                     *             },
                     *             "spent": {
                     *               "amount": "21875.4375",
                     *               "currency": "USD"
                     *             },
                     *             "percentUsed": "87.5"
                     *           }
                     *         ],
                     *         "alerts": [
                     *           {
                     *             "thresholdPercent": "80",
                     *             "firedAt": "2026-10-29T00:00:00Z",
                     *             "spent": {
                     *               "amount": "20044.7",
                     *               "currency": "USD"
                     *             }
                     *           }
                     *         ]
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            periods: components["schemas"]["BudgetPeriod"][];
                            alerts: components["schemas"]["FiredAlert"][];
                        };
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            422: components["responses"]["CapabilityUnsupported"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listAnomalies: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description Only this severity. Repeat it for several.
                 * @example [
                 *       "high"
                 *     ]
                 */
                severity?: ("low" | "medium" | "high")[];
                /**
                 * @description Only this status. Repeat it for both.
                 * @example [
                 *       "open"
                 *     ]
                 */
                status?: ("open" | "closed")[];
                /**
                 * @description Only what this side has detected.
                 * @example [
                 *       "vendor"
                 *     ]
                 */
                detectedBy?: ("vendor" | "gateway")[];
                /**
                 * @description Only what is at least this far out of line, in its own currency.
                 * @example 100
                 */
                minImpact?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:5:1767225600000",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "us-east-1",
                     *           "detectedAt": "2026-01-01T00:00:00Z",
                     *           "severity": "low",
                     *           "status": "open",
                     *           "nativeStatus": "open",
                     *           "direction": "increase",
                     *           "scope": {
                     *             "region": "us-east-1"
                     *           },
                     *           "expected": {
                     *             "amount": "630.619",
                     *             "currency": "USD"
                     *           },
                     *           "actual": {
                     *             "amount": "862.999",
                     *             "currency": "USD"
                     *           },
                     *           "impact": {
                     *             "amount": "232.38",
                     *             "currency": "USD"
                     *           },
                     *           "deviationPercent": "36.85",
                     *           "detectedBy": "vendor"
                     *         },
                     *         {
                     *           "id": "acme:gw:service:AmazonEC2:2025-12-28",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "AmazonEC2",
                     *           "detectedAt": "2025-12-28T00:00:00Z",
                     *           "severity": "high",
                     *           "status": "closed",
                     *           "nativeStatus": "closed",
                     *           "direction": "decrease",
                     *           "scope": {
                     *             "service": "AmazonEC2"
                     *           },
                     *           "expected": {
                     *             "amount": "1204.5",
                     *             "currency": "USD"
                     *           },
                     *           "actual": {
                     *             "amount": "301.25",
                     *             "currency": "USD"
                     *           },
                     *           "impact": {
                     *             "amount": "-903.25",
                     *             "currency": "USD"
                     *           },
                     *           "deviationPercent": "-74.99",
                     *           "detectedBy": "gateway"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Anomaly"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    getAnomaly: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description The id as it stands in the list, `<connection>:<native id>`, percent-encoded.
                 * @example acme:gw:service:AmazonEC2:2026-11-10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The anomaly. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:gw:service:AmazonEC2:2026-11-10",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "AmazonEC2",
                     *         "detectedAt": "2026-11-10T00:00:00Z",
                     *         "severity": "high",
                     *         "status": "closed",
                     *         "nativeStatus": "closed",
                     *         "direction": "increase",
                     *         "scope": {
                     *           "service": "AmazonEC2"
                     *         },
                     *         "expected": {
                     *           "amount": "1204.5",
                     *           "currency": "USD"
                     *         },
                     *         "actual": {
                     *           "amount": "2409",
                     *           "currency": "USD"
                     *         },
                     *         "impact": {
                     *           "amount": "1204.5",
                     *           "currency": "USD"
                     *         },
                     *         "deviationPercent": "100",
                     *         "detectedBy": "gateway",
                     *         "rootCauses": [
                     *           {
                     *             "kind": "region",
                     *             "id": "us-east-1",
                     *             "name": "US East",
                     *             "alias": null,
                     *             "service": "AmazonEC2",
                     *             "region": "us-east-1",
                     *             "account": null,
                     *             "cost": {
                     *               "amount": "2000",
                     *               "currency": "USD"
                     *             },
                     *             "change": {
                     *               "amount": "1180",
                     *               "currency": "USD"
                     *             },
                     *             "sharePercent": "97.97",
                     *             "isNew": false
                     *           }
                     *         ],
                     *         "history": [
                     *           {
                     *             "day": "2026-11-09",
                     *             "actual": {
                     *               "amount": "1198",
                     *               "currency": "USD"
                     *             },
                     *             "expected": null
                     *           },
                     *           {
                     *             "day": "2026-11-10",
                     *             "actual": {
                     *               "amount": "2409",
                     *               "currency": "USD"
                     *             },
                     *             "expected": {
                     *               "amount": "1204.5",
                     *               "currency": "USD"
                     *             }
                     *           }
                     *         ],
                     *         "similar": []
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DetailedAnomaly"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listAnomalyMonitors: {
        parameters: {
            query?: {
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:m-1",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "Database watch",
                     *           "description": "Databases have grown without notice before.",
                     *           "filters": {
                     *             "service": [
                     *               "AmazonRDS"
                     *             ]
                     *           },
                     *           "groupBy": [
                     *             "account"
                     *           ],
                     *           "sensitivity": "high",
                     *           "minImpact": {
                     *             "amount": "10",
                     *             "currency": "USD"
                     *           },
                     *           "managedBy": "gateway",
                     *           "createdAt": "2026-01-01T00:00:00Z",
                     *           "updatedAt": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnomalyMonitor"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    createAnomalyMonitor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAnomalyMonitor"];
            };
        };
        responses: {
            /** @description The monitor; `Location` is its path. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:m-1",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "Database watch",
                     *         "description": "Databases have grown without notice before.",
                     *         "filters": {
                     *           "service": [
                     *             "AmazonRDS"
                     *           ]
                     *         },
                     *         "groupBy": [
                     *           "account"
                     *         ],
                     *         "sensitivity": "high",
                     *         "minImpact": {
                     *           "amount": "10",
                     *           "currency": "USD"
                     *         },
                     *         "managedBy": "gateway",
                     *         "createdAt": "2026-01-01T00:00:00Z",
                     *         "updatedAt": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnomalyMonitor"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    getAnomalyMonitor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:m-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The monitor. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:m-1",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "Database watch",
                     *         "description": "Databases have grown without notice before.",
                     *         "filters": {
                     *           "service": [
                     *             "AmazonRDS"
                     *           ]
                     *         },
                     *         "groupBy": [
                     *           "account"
                     *         ],
                     *         "sensitivity": "high",
                     *         "minImpact": {
                     *           "amount": "10",
                     *           "currency": "USD"
                     *         },
                     *         "managedBy": "gateway",
                     *         "createdAt": "2026-01-01T00:00:00Z",
                     *         "updatedAt": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnomalyMonitor"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    replaceAnomalyMonitor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:m-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceAnomalyMonitor"];
            };
        };
        responses: {
            /** @description The monitor as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "acme:m-1",
                     *         "provider": "acme",
                     *         "connection": "acme",
                     *         "name": "Database watch",
                     *         "description": "Databases have grown without notice before.",
                     *         "filters": {
                     *           "service": [
                     *             "AmazonRDS"
                     *           ]
                     *         },
                     *         "groupBy": [
                     *           "account"
                     *         ],
                     *         "sensitivity": "high",
                     *         "minImpact": {
                     *           "amount": "10",
                     *           "currency": "USD"
                     *         },
                     *         "managedBy": "gateway",
                     *         "createdAt": "2026-01-01T00:00:00Z",
                     *         "updatedAt": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnomalyMonitor"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    removeAnomalyMonitor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id as it stands in answers, `<connection>:<native id>`, percent-encoded.
                 * @example acme:m-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    listDimensions: {
        parameters: {
            query?: {
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "key": "service",
                     *           "providers": [
                     *             "acme"
                     *           ],
                     *           "filterable": true,
                     *           "groupable": true
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Dimension"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listDimensionValues: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description A key of `GET /v1/dimensions`, percent-encoded, such as `service` or `tag:Environment`.
                 * @example service
                 */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "value": "AmazonS3",
                     *           "label": "Amazon Simple Storage Service",
                     *           "provider": "acme"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DimensionValue"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listTagCoverage: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description Only this tag key. Repeat it for several.
                 * @example [
                 *       "env"
                 *     ]
                 */
                key?: string[];
                /**
                 * @description Convert to this currency with the dated rates named in `meta.conversions`. Without it rows are split by currency.
                 * @example USD
                 */
                currency?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "key": "env",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "taggedCost": {
                     *             "amount": "875.5",
                     *             "currency": "USD"
                     *           },
                     *           "totalCost": {
                     *             "amount": "1000",
                     *             "currency": "USD"
                     *           },
                     *           "coveragePercent": "87.55"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TagCoverage"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["Problems422-4"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listUnitCosts: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC. The first of the month when absent.
                 * @example 2026-11-01
                 */
                start?: string;
                /**
                 * @description Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.
                 * @example 2026-12-01
                 */
                end?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:cost-per-order:2026-10:USD",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "Cost per order",
                     *           "unit": "order",
                     *           "period": {
                     *             "start": "2026-10-01",
                     *             "end": "2026-11-01"
                     *           },
                     *           "quantity": "2717",
                     *           "cost": {
                     *             "amount": "1000",
                     *             "currency": "USD"
                     *           },
                     *           "unitCost": {
                     *             "amount": "0.368052999632",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["UnitCost"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            422: components["responses"]["CapabilityUnsupported"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:33240000000011003",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "Production",
                     *           "kind": "account",
                     *           "parentId": null,
                     *           "nativeId": "33240000000011003",
                     *           "state": "active",
                     *           "currentMonth": {
                     *             "amount": "15003.415",
                     *             "currency": "USD"
                     *           },
                     *           "previousMonth": null,
                     *           "forecast": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Account"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listCostCenters: {
        parameters: {
            query?: {
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:cc-7",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "Research",
                     *           "accounts": [
                     *             "acme:33240000000011003"
                     *           ],
                     *           "currentMonth": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CostCenter"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listRecommendations: {
        parameters: {
            query?: {
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:rec-12",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "title": "Delete volumes that nothing is attached to",
                     *           "description": "Twelve volumes have not been read for 30 days.",
                     *           "category": "storage",
                     *           "status": "open",
                     *           "effort": "low",
                     *           "savings": {
                     *             "amount": "84.5",
                     *             "currency": "USD"
                     *           },
                     *           "scope": {
                     *             "account": "33240000000011003"
                     *           },
                     *           "link": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Recommendation"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listCommitments: {
        parameters: {
            query?: {
                /**
                 * @description Only this kind. Repeat it for several.
                 * @example [
                 *       "reservation"
                 *     ]
                 */
                kind?: ("reservation" | "savings-plan" | "prepaid")[];
                /**
                 * @description Only what ends before this day, in UTC.
                 * @example 2026-12-31
                 */
                expiresBefore?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:ri-7",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "kind": "reservation",
                     *           "name": "Databases 2026",
                     *           "scope": {
                     *             "account": "33240000000011003",
                     *             "region": "us-east-1"
                     *           },
                     *           "start": "2026-04-22",
                     *           "end": "2027-04-22",
                     *           "coveragePercent": "31.41",
                     *           "utilisationPercent": "97.93",
                     *           "percentagesOf": "product",
                     *           "cost": null,
                     *           "savings": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Commitment"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                /**
                 * @description Only this kind. Repeat it for several.
                 * @example [
                 *       "governance"
                 *     ]
                 */
                kind?: ("governance" | "tagging")[];
                /**
                 * @description Only this status. Repeat it for several.
                 * @example [
                 *       "violated"
                 *     ]
                 */
                status?: ("ok" | "violated" | "unknown")[];
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
                /**
                 * @description Refuse an answer that is not complete, with the status of the worst problem.
                 * @example true
                 */
                strict?: boolean;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acme:governance-95",
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "name": "No volume without an owner",
                     *           "kind": "governance",
                     *           "status": "violated",
                     *           "nativeStatus": "2",
                     *           "findings": 12,
                     *           "value": "12",
                     *           "threshold": "5",
                     *           "unit": "count",
                     *           "scope": {
                     *             "account": "33240000000011003"
                     *           },
                     *           "checkedAt": "2026-11-21T09:52:10Z"
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Policy"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    sendUnitMetrics: {
        parameters: {
            query?: {
                /**
                 * @description For a body of lines; of JSON it stands in the body.
                 * @example sum
                 */
                operation?: "sum" | "replace" | "delete";
                /**
                 * @description For a body of lines; of JSON it stands in the body.
                 * @example acme
                 */
                connection?: string;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The name of a stream at the vendor.
                 * @example orders
                 */
                stream: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendUnitMetrics"];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description All records were sent. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "done",
                     *         "done": 3,
                     *         "total": 3,
                     *         "problem": null,
                     *         "connection": "acme",
                     *         "kind": "unit-metric",
                     *         "stream": "orders",
                     *         "operation": "sum",
                     *         "records": 250,
                     *         "unknown": [],
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:03Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TelemetryDelivery"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description The delivery goes on; `Location` is its path. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "running",
                     *         "done": 1,
                     *         "total": 3,
                     *         "problem": null,
                     *         "connection": "acme",
                     *         "kind": "unit-metric",
                     *         "stream": "orders",
                     *         "operation": "sum",
                     *         "records": 250,
                     *         "unknown": [],
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:03Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TelemetryDelivery"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    removeUnitMetrics: {
        parameters: {
            query?: {
                /**
                 * @description The connection that has it; needed where several can.
                 * @example acme
                 */
                connection?: string;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The name of a stream at the vendor.
                 * @example orders
                 */
                stream: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    sendAllocations: {
        parameters: {
            query?: {
                /**
                 * @description For a body of lines; of JSON it stands in the body.
                 * @example sum
                 */
                operation?: "sum" | "replace" | "delete";
                /**
                 * @description For a body of lines; of JSON it stands in the body.
                 * @example acme
                 */
                connection?: string;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The name of a stream at the vendor.
                 * @example orders
                 */
                stream: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendAllocations"];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description All records were sent. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "done",
                     *         "done": 3,
                     *         "total": 3,
                     *         "problem": null,
                     *         "connection": "acme",
                     *         "kind": "unit-metric",
                     *         "stream": "orders",
                     *         "operation": "sum",
                     *         "records": 250,
                     *         "unknown": [],
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:03Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TelemetryDelivery"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description The delivery goes on; `Location` is its path. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "running",
                     *         "done": 1,
                     *         "total": 3,
                     *         "problem": null,
                     *         "connection": "acme",
                     *         "kind": "unit-metric",
                     *         "stream": "orders",
                     *         "operation": "sum",
                     *         "records": 250,
                     *         "unknown": [],
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:03Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TelemetryDelivery"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description The id of a delivery.
                 * @example 0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery as it now is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "running",
                     *         "done": 1,
                     *         "total": 3,
                     *         "problem": null,
                     *         "connection": "acme",
                     *         "kind": "unit-metric",
                     *         "stream": "orders",
                     *         "operation": "sum",
                     *         "records": 250,
                     *         "unknown": [],
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:03Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TelemetryDelivery"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Problems503-3"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    exportAnyCost: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.
                 * @example 5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportMonth"];
            };
        };
        responses: {
            /** @description The export, which has ended; with `dryRun` the rows that it would send. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "4f0c1f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "done",
                     *         "done": 1,
                     *         "total": 1,
                     *         "problem": null,
                     *         "from": "acme",
                     *         "to": "umbra",
                     *         "connectionId": "5f1c",
                     *         "month": "2026-10",
                     *         "operation": "replace_drop",
                     *         "rowCount": 62,
                     *         "totals": [
                     *           {
                     *             "amount": "1234.5678",
                     *             "currency": "USD"
                     *           }
                     *         ],
                     *         "requests": 1,
                     *         "dropIds": [
                     *           "2026-10-1"
                     *         ],
                     *         "skipped": false,
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:04Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Export"] | components["schemas"]["ExportedRows"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description The export goes on; `Location` is its path. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "4f0c1f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "running",
                     *         "done": 0,
                     *         "total": 1,
                     *         "problem": null,
                     *         "from": "acme",
                     *         "to": "umbra",
                     *         "connectionId": "5f1c",
                     *         "month": "2026-10",
                     *         "operation": "replace_drop",
                     *         "rowCount": 62,
                     *         "totals": [
                     *           {
                     *             "amount": "1234.5678",
                     *             "currency": "USD"
                     *           }
                     *         ],
                     *         "requests": 0,
                     *         "dropIds": [
                     *           "2026-10-1"
                     *         ],
                     *         "skipped": false,
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:04Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Export"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Problems409"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Problems422-3"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502-2"];
            503: components["responses"]["Problems503-2"];
            504: components["responses"]["Problems504-2"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /**
                 * @description The id of an export.
                 * @example 4f0c1f7c1c9a4c0e9d8a7b6c5d4e3f2a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export as it now is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "4f0c1f7c1c9a4c0e9d8a7b6c5d4e3f2a",
                     *         "state": "running",
                     *         "done": 3,
                     *         "total": 5,
                     *         "problem": null,
                     *         "from": "acme",
                     *         "to": "umbra",
                     *         "connectionId": "5f1c",
                     *         "month": "2026-10",
                     *         "operation": "replace_drop",
                     *         "rowCount": 62,
                     *         "totals": [
                     *           {
                     *             "amount": "1234.5678",
                     *             "currency": "USD"
                     *           }
                     *         ],
                     *         "requests": 3,
                     *         "dropIds": [
                     *           "2026-10-1"
                     *         ],
                     *         "skipped": false,
                     *         "createdAt": "2026-11-21T10:00:00Z",
                     *         "updatedAt": "2026-11-21T10:00:04Z"
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Export"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Problems503-3"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listProviders: {
        parameters: {
            query?: {
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry per connection. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "provider": "acme",
                     *           "connection": "acme",
                     *           "title": "Acme Cloud",
                     *           "sandbox": false,
                     *           "dialect": "live",
                     *           "health": "ok",
                     *           "capabilities": {
                     *             "costs": {
                     *               "dimensions": [
                     *                 "account",
                     *                 "service"
                     *               ],
                     *               "granularities": [
                     *                 "daily"
                     *               ],
                     *               "costTypes": [
                     *                 "billed"
                     *               ]
                     *             },
                     *             "budgets": [
                     *               "list"
                     *             ]
                     *           },
                     *           "circuit": "closed",
                     *           "pausedUntil": null,
                     *           "pauseReason": null,
                     *           "token": null,
                     *           "quotas": [
                     *             {
                     *               "name": "cost-queries",
                     *               "limit": 60,
                     *               "window": "PT24H",
                     *               "spent": 4,
                     *               "left": 56,
                     *               "resetsAt": "2026-11-22T08:00:00Z"
                     *             }
                     *           ],
                     *           "lastSuccessAt": "2026-11-21T10:00:00Z",
                     *           "lastFailure": null,
                     *           "backfill": {
                     *             "from": "2025-11-01",
                     *             "to": "2026-11-20",
                     *             "doneThrough": "2026-03-31",
                     *             "callsLeft": 8
                     *           },
                     *           "completeThrough": "2026-11-20",
                     *           "cache": {
                     *             "segments": 12,
                     *             "bytes": 123456
                     *           },
                     *           "warnings": []
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Provider"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Problems503-3"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    resetProvider: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
            };
            path: {
                /**
                 * @description The id of a connection.
                 * @example acme
                 */
                connection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection as it now is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "provider": "acme",
                     *       "connection": "acme",
                     *       "title": "Acme Cloud",
                     *       "sandbox": false,
                     *       "dialect": null,
                     *       "health": "ok",
                     *       "capabilities": {
                     *         "costs": {
                     *           "dimensions": [
                     *             "service"
                     *           ],
                     *           "granularities": [
                     *             "daily"
                     *           ],
                     *           "costTypes": [
                     *             "billed"
                     *           ]
                     *         }
                     *       },
                     *       "circuit": "closed",
                     *       "pausedUntil": null,
                     *       "pauseReason": null,
                     *       "token": null,
                     *       "quotas": [],
                     *       "lastSuccessAt": "2026-11-21T09:00:00Z",
                     *       "lastFailure": {
                     *         "kind": "vendor-unavailable",
                     *         "public": "The vendor failed to answer. (HTTP 500)",
                     *         "at": "2026-11-21T10:00:00Z"
                     *       },
                     *       "backfill": null,
                     *       "completeThrough": "2026-11-20",
                     *       "cache": {
                     *         "segments": 12,
                     *         "bytes": 123456
                     *       },
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["Provider"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Problems503-3"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /**
                 * @description Only operations of this area.
                 * @example [
                 *       "Costs"
                 *     ]
                 */
                area?: string[];
                /**
                 * @description Only operations that read, or that write.
                 * @example [
                 *       "read"
                 *     ]
                 */
                effect?: ("read" | "write")[];
                /**
                 * @description Words that the path or the title contains, all of them.
                 * @example budgets
                 */
                q?: string;
                /**
                 * @description Only this provider. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                provider?: string[];
                /**
                 * @description Only this connection. Repeat it for several.
                 * @example [
                 *       "acme"
                 *     ]
                 */
                connection?: string[];
                /**
                 * @description Items on a page; 100 when absent.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description `page.nextCursor` of the page before. It belongs to one answer and one consumer.
                 * @example eyJ…
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
                /**
                 * @description The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.
                 * @example "dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description `no-cache` asks for data as fresh as the quotas of the vendors allow.
                 * @example no-cache
                 */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of operations. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "listInvoices",
                     *           "provider": "acme",
                     *           "connections": [
                     *             "acme"
                     *           ],
                     *           "method": "GET",
                     *           "path": "/v2/accounts/{account_id}/invoices",
                     *           "area": "Invoices",
                     *           "title": "List invoices",
                     *           "scope": "invoices:read",
                     *           "effect": "read",
                     *           "parameters": [
                     *             {
                     *               "name": "account_id",
                     *               "in": "path",
                     *               "required": true,
                     *               "json": false
                     *             }
                     *           ],
                     *           "body": null,
                     *           "answers": [
                     *             "application/json"
                     *           ],
                     *           "quota": null,
                     *           "note": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "limit": 100,
                     *         "nextCursor": null
                     *       },
                     *       "meta": {
                     *         "complete": true,
                     *         "providers": [
                     *           {
                     *             "provider": "acme",
                     *             "connection": "acme",
                     *             "status": "fresh",
                     *             "notes": [
                     *               {
                     *                 "code": "single-cost-figure",
                     *                 "message": "Acme Cloud has one cost figure; it stands for every cost type"
                     *               }
                     *             ],
                     *             "asOf": "2026-11-21T10:00:00Z",
                     *             "completeThrough": "2026-11-19",
                     *             "missing": [
                     *               "region"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["NativeOperation"][];
                        page: components["schemas"]["Page"];
                        meta: components["schemas"]["Meta"];
                    };
                };
            };
            /** @description What `If-None-Match` names still holds. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Status": components["headers"]["Cache-Status"];
                    Age: components["headers"]["Age"];
                    Vary: components["headers"]["Vary"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["Problems429"];
            500: components["responses"]["Internal"];
            502: components["responses"]["Problems502"];
            503: components["responses"]["Problems503"];
            504: components["responses"]["Problems504"];
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            400: components["responses"]["InvalidRequest-2"];
            406: components["responses"]["NotAcceptable-2"];
            500: components["responses"]["Internal-2"];
            503: components["responses"]["Problems503-4"];
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It should. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "store": "sqlite",
                     *       "durable": true,
                     *       "storeState": "ok",
                     *       "checks": [
                     *         {
                     *           "name": "store",
                     *           "state": "ok",
                     *           "detail": null
                     *         }
                     *       ],
                     *       "connections": [
                     *         {
                     *           "connection": "acme",
                     *           "state": "proven"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ready";
                        store: string;
                        durable: boolean;
                        /** @enum {string} */
                        storeState: "ok" | "lost" | "unwritable";
                        checks: {
                            /** @enum {string} */
                            name: "store";
                            /** @enum {string} */
                            state: "ok" | "degraded";
                            detail: string | null;
                        }[];
                        connections: {
                            connection: string;
                            /** @enum {string} */
                            state: "proven" | "not yet proven";
                        }[];
                    };
                };
            };
            400: components["responses"]["InvalidRequest-2"];
            406: components["responses"]["NotAcceptable-2"];
            500: components["responses"]["Internal-2"];
            503: components["responses"]["Problems503-4"];
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An id of yours for this request. It comes back in the answer and stands in the log.
                 * @example nightly-report-17
                 */
                "X-Request-Id"?: components["parameters"]["RequestId"];
                /**
                 * @description How many milliseconds the answer may take, where that is less than the gateway allows by itself.
                 * @example 5000
                 */
                "X-Deadline-Ms"?: components["parameters"]["Deadline"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Problems503-3"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
}
