interface TabsProps {
  label: string;
  tabs: readonly { name: string; title: string; href: string }[];
  current: string;
}

/** Links between the parts of a screen, each with an address of its own. */
export const Tabs = ({ label, tabs, current }: TabsProps) => (
  <nav aria-label={label} class="tabs">
    {tabs.map(({ name, title, href }) => (
      <a key={name} href={href} aria-current={name === current ? 'page' : undefined}>
        {title}
      </a>
    ))}
  </nav>
);
