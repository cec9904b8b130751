import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import type { IconName } from "../looks/icons.ts";
import { Icon } from "./icon.tsx";
import "./button.css";

export interface ButtonLooks {
  /** `filled` is the one thing to do on a page. `danger` is outlined in brick. */
  look?: "filled" | "outlined" | "plain" | "danger" | undefined;
  size?: "small" | "usual" | "large" | undefined;
  icon?: IconName | undefined;
  wide?: boolean | undefined;
}

export type ButtonProps = ButtonLooks &
  ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement>; children: ReactNode };

const classesOf = ({ look = "outlined", size = "usual", wide = false }: ButtonLooks, more?: string) =>
  `button button--${look} button--${size}${wide ? " button--wide" : ""} ${more ?? ""}`;

/** A button whose words are its name. It is of type `button` unless told otherwise. */
export function Button({ look, size, icon, wide, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classesOf({ look, size, wide }, className)} {...rest}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look,
  size,
  icon,
  wide,
  href,
  download,
  children,
}: ButtonLooks & { href: string; download?: string | true; children: ReactNode }) {
  return (
    <a className={classesOf({ look, size, wide })} href={href} download={download}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}

/** A square button with an icon alone, for close, more, help, send, play and skip. `name` is spoken and shown on hover. */
export function IconButton({
  icon,
  name,
  look = "plain",
  size,
  className,
  ...rest
}: ButtonLooks & { icon: IconName; name: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "name"> & {
    ref?: Ref<HTMLButtonElement>;
  }) {
  return (
    <button
      type="button"
      className={classesOf({ look, size }, `button--icon ${className ?? ""}`)}
      aria-label={name}
      title={name}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
