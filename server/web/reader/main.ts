import './reader.css'
import { digests } from './digest'
import { live } from './live'
import { more } from './more'

digests()
more()
live()
