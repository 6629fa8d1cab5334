import './reader.css'
import { digests } from './digest'
import { more } from './more'

digests()
more()
