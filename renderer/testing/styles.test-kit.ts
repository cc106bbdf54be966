/** The styles that main.tsx loads: without them the page has another layout, and other things are visible. */
import '../theme/tokens.css'
import '../theme/colours.css'
import '../theme/base.css'
import '../theme/shared.css'
