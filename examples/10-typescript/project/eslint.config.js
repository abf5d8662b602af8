import { configs } from 'typescript-eslint'

export default [...configs.strict, { rules: { eqeqeq: 'error' } }]
