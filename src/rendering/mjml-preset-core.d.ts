declare module 'mjml-preset-core' {
  const preset: {
    components: { componentName: string; allowedAttributes?: Record<string, string> }[]
    /** What may stand in each tag; a pattern where nearly everything may. */
    dependencies: Record<string, (string | RegExp)[]>
  }
  export default preset
}
