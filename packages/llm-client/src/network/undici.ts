// A file of its own in dist/: most runs never load it.
export { Agent, ProxyAgent } from 'undici'
