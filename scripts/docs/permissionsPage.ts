/** docs/permissions.md, made of the tables that the server asks. */
import { permissions as commands } from "../../domain/meeting/permissions.ts";
import { type Permission, permissions, type Reach, type Standing, standings } from "../../domain/permissions.ts";

/** As much of a route as the page shows. */
export interface ShownRoute {
  readonly method: string;
  readonly path: string;
  readonly action: keyof typeof permissions;
}

const reachWords: Readonly<Record<Reach, string>> = {
  all: "yes",
  own: "own",
  ownSchool: "own school",
  ownCountry: "own country",
  ownProject: "own project",
};

const seatRoles = ["chair", "coChair", "participant", "watcher"] as const;

/** The whole page. Routes are listed under their action; `npm run docs` writes it and a test compares it. */
export function permissionsPage(routes: readonly ShownRoute[]): string {
  return [
    "# Permissions",
    "",
    "Made from `domain/permissions.ts` and `domain/meeting/permissions.ts` by `npm run docs`: change it there. What a row does not",
    "name is refused. A route asks first whether there is anything at all that this person may do it to, then about the very thing.",
    "",
    "**public** is everybody, signed out too; **account**, whoever is signed in; **staff**, who works at a validated school; **lead**,",
    "its safeguarding lead; **nss**, who works for a country's support service; **css**, for the central one. **founder**,",
    "**teacherAdmin**, **teacher**, **expert** and **observer** are roles of an account in a project; **pupilAdmin**, **pupil** and",
    "**visitor** are those who have no account but a place in one TwinSpace.",
    "",
    "## Over http",
    "",
    row(["action", ...standings, "not", "and only"]),
    row(["---", ...standings.map(() => "---"), "---", "---"]),
    ...actionRows(),
    "",
    "## Routes",
    "",
    row(["action", "routes"]),
    row(["---", "---"]),
    ...routeRows(routes),
    "",
    "## In a meeting",
    "",
    "A command acts for the seat of its connection. Who waits in the lobby can only leave.",
    "",
    row(["command", ...seatRoles, "while frozen", "from the lobby"]),
    row(["---", ...seatRoles.map(() => "---"), "---", "---"]),
    ...commandRows(),
    "",
  ].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const code = (text: string): string => `\`${text}\``;

function actionRows(): string[] {
  return Object.entries<Permission>(permissions).map(([action, { may, not = [], if: condition = "" }]) =>
    row([code(action), ...standings.map((standing) => cell(may, standing)), not.join(", "), condition]),
  );
}

function cell(may: Permission["may"], standing: Standing): string {
  const reach = may[standing];
  return reach === undefined ? "" : reachWords[reach];
}

function routeRows(routes: readonly ShownRoute[]): string[] {
  return Object.keys(permissions).flatMap((action) => {
    const its = routes.filter((route) => route.action === action);
    return its.length === 0
      ? []
      : [row([code(action), its.map(({ method, path }) => code(`${method.toUpperCase()} ${path}`)).join(", ")])];
  });
}

function commandRows(): string[] {
  return Object.entries(commands).map(([command, { roles, frozen, lobby }]) =>
    row([
      code(command),
      ...seatRoles.map((role) => (roles.includes(role) ? "yes" : "")),
      frozen ? "yes" : "",
      lobby ? "yes" : "",
    ]),
  );
}
