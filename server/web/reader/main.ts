import './reader.css'
