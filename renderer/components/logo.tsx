/** The capstan: a drum with bars, seen from the side. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.3"
      strokeLinecap="round"
    >
      <path d="M7 27h18M10 27c3-4.500 3-9 1.500-13.500M22 27c-3-4.500-3-9-1.500-13.500M9.500 13.500h13M11.500 9.500h9M16 5.500v4M3.500 11.500l8-2M28.500 11.500l-8-2" />
    </svg>
  )
}
