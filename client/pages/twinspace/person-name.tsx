import type { Person } from "../../../protocol/twinspace/space.ts";
import { Face } from "../../parts/face.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Flag } from "../../parts/place.tsx";
import { personName } from "../../views/people-of-space.ts";
import "./person-name.css";

/**
 * Somebody in a TwinSpace: a pupil by picture, alias and school, an adult by name and school. `brief` leaves the school out,
 * where it stands nearby already.
 */
export function PersonName({ person, brief = false }: { person: Person; brief?: boolean }) {
  const { author, kind, picture, school } = person;
  const name = personName(person);
  // "Pupil of Riverside" has the school in it.
  const said = brief || school === null || person.name === "";
  return (
    <span className="person-name">
      {kind === "pupil" ? (
        <Picture name={picture ?? ""} />
      ) : (
        <Face
          person={person.name === "" ? { id: author, name: "", kind: "unknown" } : { id: author, name }}
          size="small"
        />
      )}
      <span className="person-name__words">
        <bdi className="person-name__name">{name}</bdi>
        {said ? null : (
          <span className="person-name__school soft">
            <Flag country={school.country} named />
            <bdi>{school.name}</bdi>
          </span>
        )}
      </span>
    </span>
  );
}
