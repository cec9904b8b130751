/** The OpenAPI document, made from the very schemas that check the requests. */
import * as z from "zod";
import { type Action, type Permission, permissions } from "../../domain/permissions.ts";
import { RefusalAnswer } from "../../protocol/http/answers.ts";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Twinlight",
      version,
      description:
        "Every refusal is `{ refused, message }` with a fitting status. Unknown fields are refused. Requests that change something must come from pages of the same origin or from no page at all.",
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
    },
    paths,
    components: {
      schemas: { Refusal: schemaOf(RefusalAnswer, "output") },
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "twinlight",
          description: "`__Host-twinlight` where there is https",
        },
      },
    },
  };
}

function operation(route: Route): Json {
  return {
    summary: route.summary,
    description: whoMay(route.action),
    "x-action": route.action,
    operationId: `${route.method}${route.path.replace(/[^A-Za-z]+([A-Za-z])/g, (_all, letter) => letter.toUpperCase())}`,
    security: "public" in permissions[route.action].may ? [{}, { session: [] }] : [{ session: [] }],
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...bodyOf(route),
    responses: {
      ...(route.answer
        ? {
            200: {
              description: "Done",
              content: { "application/json": { schema: schemaOf(route.answer, "output") } },
            },
          }
        : { "2XX": { description: "Done" } }),
      default: {
        description: "Refused",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
      },
    },
  };
}

function bodyOf({ body, upload }: Route): Json {
  if (upload) {
    const content = Object.fromEntries(upload.types.map((type) => [type, {}]));
    return { requestBody: { required: true, description: `At most ${upload.maxBytes} bytes`, content } };
  }
  if (!body) return {};
  return { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } } };
}

function whoMay(action: Action): string {
  const { may, not, if: condition }: Permission = permissions[action];
  const who = Object.entries(may).map(([standing, reach]) => (reach === "all" ? standing : `${standing} (${reach})`));
  const barred = not === undefined ? "" : `; not for ${not.join(", ")}`;
  return `${action}: for ${who.join(", ")}${barred}${condition === undefined ? "" : `; ${condition}`}.`;
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  // The document says the dialect once for all: OpenAPI 3.1 is the same one zod writes.
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io });
  return json;
}
