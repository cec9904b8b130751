import sprite from "virtual:sprite";
import { Icon } from "./icon.tsx";
import { groundOf, initialsOf, type ShownPerson } from "./person.ts";
import "./face.css";

/** A person's still, drawn face or initials in a school badge's corner; a class is a projector. Always beside the name. */
export function Face({ person, size = "middle" }: { person: ShownPerson; size?: "small" | "middle" | "large" }) {
  return (
    <span
      className={`face face--${size}`}
      data-ground={groundOf(person.id)}
      data-unknown={person.kind === "unknown" || undefined}
      aria-hidden="true"
    >
      <Drawn person={person} />
    </span>
  );
}

function Drawn({ person }: { person: ShownPerson }) {
  if (person.still !== undefined) return <img src={person.still} alt="" />;
  if (person.kind === "class") return <Icon name="projector-screen" />;
  if (person.kind === "unknown") return "?";
  if (person.face !== undefined) {
    return (
      <svg aria-hidden="true" focusable="false">
        <use href={`${sprite}#face-${person.face}`} />
      </svg>
    );
  }
  return initialsOf(person.name) || "?";
}
