import{a as e}from"./rolldown-runtime-BWaJ3C7D.js";import{_ as t,a as n,b as r,c as i,d as a,f as o,g as s,h as c,i as l,l as u,m as d,n as f,o as p,p as m,r as h,s as g,t as _,u as v,v as y,y as b}from"./graphiql-CIQzt61T.js";import{K as x,Y as S,d as C,l as w,m as T}from"./graphiql-Bt0iEvON.js";import{p as E}from"./graphiql-DmVf50kr.js";import"./graphiql-Wpko7Jxo.js";window.MonacoEnvironment={getWorker(e,t){switch(t){case`json`:return new b;case`graphql`:return new y}return new r}};var D=e(t(),1),O=s();async function k(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.createElement(`textarea`);t.value=e,t.style.position=`fixed`,document.body.append(t),t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(`The browser does not let this page copy.`)}function ee({query:e,variables:t}){let n=new URL(location.pathname,location.origin),r=new URLSearchParams({query:e});return t.trim()&&r.set(`variables`,t),n.hash=r.toString(),n.href}function te(e){let t=new URLSearchParams(e.replace(/^#/,``)),n=t.get(`query`);return n===null?null:{query:n,variables:t.get(`variables`)??``}}w();var A=document.getElementById(`playground`),ne=A,j=A.dataset.readOnly===`true`,M=A.dataset.secret===`true`,re=Number(A.dataset.costLimit),N=new URL(`/graphql`,location.href).href;function ie({authorized:e,...t}){let n=e=>`'${e.replaceAll(`'`,`'\\''`)}'`;return[`curl ${N}`,`-H 'Content-Type: application/json'`,...e?[`-H "Authorization: Bearer $NUTGRAPH_TOKEN"`]:[],`-d ${n(JSON.stringify(t))}`].join(` \\
  `)}function ae({query:e,authorized:t,...n}){return[`const query = \`${e.replaceAll(`\\`,`\\\\`).replaceAll("`","\\`").replaceAll("${","\\${")}\``,``,`const response = await fetch(${JSON.stringify(N)}, {`,`  method: 'POST',`,`  headers: { 'Content-Type': 'application/json'${t?", Authorization: `Bearer ${token}`":``} },`,`  body: JSON.stringify({ query${Object.entries(n).filter(([,e])=>e!==void 0).map(([e,t])=>`, ${e}: ${JSON.stringify(t)}`).join(``)} }),`,`})`,`const { data, errors } = await response.json()`].join(`
`)}function oe({query:e,variables:t,operationName:n}){let r=new URL(N);return r.searchParams.set(`query`,se(e)),t!==void 0&&r.searchParams.set(`variables`,JSON.stringify(t)),n&&r.searchParams.set(`operationName`,n),r.href}function se(e){try{return C(e)}catch{return e}}var P=`nutgraph:token`,F=d(e=>({token:sessionStorage.getItem(P)??``,setToken(t){t?sessionStorage.setItem(P,t):sessionStorage.removeItem(P),e({token:t})}}));function I(){let{token:e}=F.getState();return e?{Authorization:`Bearer ${e}`}:{}}var L=c(),ce=[{name:`curl`,write:ie},{name:`fetch`,write:ae},{name:`URL for GET`,write:oe,queriesOnly:!0}];function le(){let{said:e,say:t}=ue(),{queryEditor:n,variableEditor:r,operationName:a,kind:s}=o(({queryEditor:e,variableEditor:t,operationName:n,operations:r})=>({queryEditor:e,variableEditor:t,operationName:n,kind:r?.find(({name:e})=>e?.value===n)?.operation??r?.[0]?.operation})),c=F(e=>e.token!==``),l=()=>n?.getValue()??``,d=()=>r?.getValue()??``;async function f(e,n){try{await k(n()),t(`Copied ${e}`)}catch(e){t(e instanceof SyntaxError?`The variables are not JSON`:`The browser refused to copy`)}}async function p(){let e=ee({query:l(),variables:d()});history.replaceState(null,``,e),await f(`a link`,()=>e)}function m(){let e=d().trim();return{query:l(),variables:e?JSON.parse(e):void 0,operationName:a,authorized:c}}return(0,L.jsxs)(L.Fragment,{children:[(0,L.jsx)(u,{label:`Share: copy a link to this query`,onClick:p,children:(0,L.jsx)(de,{})}),(0,L.jsx)(i,{button:(0,L.jsx)(u,{label:`Copy as…`,children:(0,L.jsx)(v,{className:`graphiql-toolbar-icon`,"aria-hidden":`true`})}),children:ce.filter(({queriesOnly:e})=>!e||s===`query`).map(({name:e,write:t})=>(0,L.jsxs)(i.Item,{onSelect:()=>f(e,()=>t(m())),children:[`Copy as `,e]},e))}),(0,L.jsx)(`p`,{className:`said`,role:`status`,children:e})]})}function ue(){let[e,t]=(0,D.useState)(``);return(0,D.useEffect)(()=>{if(!e)return;let n=setTimeout(()=>t(``),3e3);return()=>clearTimeout(n)},[e]),{said:e,say:t}}function de(){return(0,L.jsx)(`svg`,{className:`graphiql-toolbar-icon`,viewBox:`0 0 24 24`,fill:`none`,stroke:`currentColor`,strokeWidth:`1.8`,strokeLinecap:`round`,strokeLinejoin:`round`,"aria-hidden":`true`,children:(0,L.jsx)(`path`,{d:`M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7l-1.4 1.4M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.4-1.4`})})}var R=d(e=>({tab:``,facts:{},setTab:t=>e({tab:t}),note:(t,n)=>e(e=>({facts:{...e.facts,[t]:n}}))}));function fe(e){let{extensions:t,errors:n}=e??{};for(let e of[t,...(n??[]).map(e=>e.extensions)]){let t=e?.cost;if(typeof t==`number`)return{cost:t,limit:z(e?.limit)};if(typeof t==`object`&&t){let{actual:e,requested:n,value:r,limit:i}=t;return{cost:z(e??n??r),limit:z(i)}}}return{cost:null,limit:null}}var z=e=>typeof e==`number`?e:null,pe=`# A page with an article: its text, its summary, and where to go from here.
# Try length: BRIEF, LONG or BULLETS.
query ArticlePage($slug: String!, $length: SummaryLength! = SHORT) {
  article(by: { slug: $slug }) {
    title
    standfirst
    authors { name }
    publishedAt
    readingMinutes
    summary(length: $length) {
      text
      sentences { text start end score }
    }
    related(first: 3) {
      nodes { slug title }
    }
    previous { slug title }
    next { slug title }
    body(format: TEXT)
  }
}
`,me=`# The front page: the newest articles with a sentence each, and the sections.
query FrontPage($first: Int! = 5) {
  articles(first: $first) {
    nodes {
      slug
      title
      publishedAt
      section { name }
      summary(length: BRIEF) { text }
    }
    pageInfo { hasNextPage endCursor }
  }
  sections {
    nodes { slug name }
  }
}
`,he=`# The second page of a list. The endCursor of a page, given as after, asks for
# the page that follows; startCursor with last and before goes back.
query Paging($after: String) {
  articles(first: 3, after: $after, orderBy: [{ field: PUBLISHED_AT, direction: DESC }]) {
    totalCount
    edges {
      cursor
      node { slug title publishedAt }
    }
    pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
  }
}
`,ge=`# Full-text search, best match first, with the words found marked up, and how many
# results each section and tag has.
query Search($query: String!) {
  search(query: $query, first: 5) {
    totalCount
    facets(first: 5) {
      section { value name count }
      tag { value name count }
    }
    edges {
      score
      highlight { title body }
      node { slug publishedAt }
    }
  }
}
`,_e=`# What to read next, and why: each edge tells what two articles have in common.
query Related($slug: String!) {
  article(by: { slug: $slug }) {
    title
    related(first: 5) {
      edges {
        score
        origin
        reasons { kind value weight }
        node { slug title }
      }
    }
  }
}
`,ve=`# The articles before and after this one: in the archive, and in its section.
query Neighbours($slug: String!, $section: ArticleWhere!) {
  article(by: { slug: $slug }) {
    title
    publishedAt
    section { name slug }
    previous { title publishedAt }
    next { title publishedAt }
    previousInSection: previous(where: $section) { title publishedAt }
    nextInSection: next(where: $section) { title publishedAt }
  }
}
`,ye=`# Any id leads back to its object, whatever its type.
query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Article { slug title }
    ... on Author { name articles(first: 3) { totalCount nodes { title } } }
    ... on Tag { name articles(first: 3) { totalCount nodes { title } } }
    ... on Section { name articles(first: 3) { totalCount nodes { title } } }
  }
}
`,be=`# Articles as they are published. Run it and leave it open; then publish something,
# in another window or from the command line. The button that runs it stops it, too.
subscription Live {
  articlePublished {
    slug
    title
    publishedAt
    section { name }
    summary(length: BRIEF) { text }
  }
}
`,xe=`# A new article, as a draft. What is wrong with the input stands in userErrors: run
# it twice, and the slug is taken.
mutation CreateDraft($input: CreateArticleInput!) {
  createArticle(input: $input) {
    article { id slug status revision }
    userErrors { field message code }
  }
}
`,Se=`# Makes the draft of the example before this one public, at once or, with at, at a
# time to come.
mutation Publish($id: ID!, $at: DateTime) {
  publishArticle(input: { id: $id, at: $at }) {
    article { slug status publishedAt revision }
    userErrors { field message code }
  }
}
`,Ce=`# An editor knows better what belongs together: a pinned article stands first among
# the related ones.
mutation Pin($article: ID!, $related: ID!) {
  pinRelatedArticle(input: { article: $article, related: $related, position: 1 }) {
    article {
      title
      related(first: 3) { edges { origin node { title } } }
    }
    userErrors { field message code }
  }
}
`,we=`{ "slug": "$slug", "length": "SHORT" }
`,Te=`{ "first": 5 }
`,Ee=`{ "after": "$cursor" }
`,De=`{ "query": "$words" }
`,Oe=`{ "slug": "$slug" }
`,ke=`{ "slug": "$slug", "section": { "section": { "eq": "$section" } } }
`,Ae=`{ "id": "$author" }
`,je=`{
  "input": {
    "title": "A note from the playground",
    "slug": "a-note-from-the-playground",
    "standfirst": "It was written to see how an article is made.",
    "body": "The harbour was **quiet** this morning.\\n\\nNobody was about but the gulls.",
    "bodyFormat": "MARKDOWN",
    "section": "Harbour",
    "authors": ["A. Writer"],
    "tags": ["playground"],
    "language": "en"
  }
}
`,Me=`{ "id": "$draft", "at": null }
`,Ne=`{ "article": "$id", "related": "$other" }
`,Pe=Object.assign({"./examples/01-article.graphql":pe,"./examples/02-front-page.graphql":me,"./examples/03-paging.graphql":he,"./examples/04-search.graphql":ge,"./examples/05-related.graphql":_e,"./examples/06-neighbours.graphql":ve,"./examples/07-node.graphql":ye,"./examples/08-live.graphql":be,"./examples/09-create.graphql":xe,"./examples/10-publish.graphql":Se,"./examples/11-pin.graphql":Ce}),Fe=Object.assign({"./examples/01-article.json":we,"./examples/02-front-page.json":Te,"./examples/03-paging.json":Ee,"./examples/04-search.json":De,"./examples/05-related.json":Oe,"./examples/06-neighbours.json":ke,"./examples/07-node.json":Ae,"./examples/09-create.json":je,"./examples/10-publish.json":Me,"./examples/11-pin.json":Ne});function Ie(e){let t=Pe[e],[,n,r]=/^(query|mutation|subscription) (\w+)/m.exec(t);return{name:r,about:t.slice(0,t.indexOf(`${n} ${r}`)).replace(/^# ?/gm,``).replace(/\s+/g,` `).trim(),kind:n,query:t.trimEnd(),variables:Fe[e.replace(`.graphql`,`.json`)]??``}}var B=Object.keys(Pe).sort().map(Ie).filter(({kind:e})=>e!==`mutation`||!j);function Le(e,t){if(!e.variables)return``;let n=JSON.parse(e.variables,(e,n)=>{let r=typeof n==`string`&&n.startsWith(`$`)&&n.slice(1);return r&&r in t?t[r]||null:n});return JSON.stringify(n,null,2)}function Re(){let{run:e}=m(),t=R(e=>e.setTab),n=(0,D.useRef)(new Set),{tab:r,operationName:i,editor:a,ready:s}=o(e=>({tab:e.tabs[e.activeTabIndex],operationName:e.operationName,editor:e.queryEditor,ready:!!(e.queryEditor&&e.variableEditor&&e.responseEditor)})),c=r?.id,l=o(e=>e.activeTabIndex);return(0,D.useEffect)(()=>{document.getElementById(`graphiql-session-tab-${l}`)?.scrollIntoView({block:`nearest`,inline:`nearest`})},[c,l]),(0,D.useEffect)(()=>{if(!r)return;t(r.id);let o=B.find(({name:e})=>e===i);!s||o?.kind!==`query`||r.response||n.current.has(r.id)||r.query===o.query&&a?.getValue()===o.query&&(n.current.add(r.id),e())},[r,i,a,s,e,t]),null}function ze(){let e=o(({queryEditor:e,variableEditor:t,headerEditor:n,responseEditor:r})=>[e,t,n,r]);(0,D.useEffect)(()=>{for(let t of e)t?.updateOptions({fontSize:13,lineHeight:20,wordWrap:`on`,wrappingIndent:`indent`})},e);let{setTheme:t}=m(),n=o(e=>e.theme);return(0,D.useEffect)(()=>{let e=matchMedia(`(prefers-color-scheme: dark)`),r=()=>n??t(null);return e.addEventListener(`change`,r),()=>e.removeEventListener(`change`,r)},[n,t]),null}var V={slug:`corvane-ends-the-route`,other:`the-wall-is-shut`,words:`harbour ferry`},Be=`a-note-from-the-playground`;async function Ve(e={}){let t=await He(e).catch(()=>void 0),[n,r]=t?.articles?.nodes??[],i=t?.sample??n;return{slug:i?.slug??V.slug,id:i?.id??``,other:(t?.other??r??i)?.id??``,draft:t?.draft?.id??``,section:i?.section?.slug??``,author:i?.authors[0]?.id??i?.id??``,cursor:t?.articles?.pageInfo.endCursor??``,words:i&&!t?.sample?Ue(i.title):V.words}}async function He(e){return(await(await fetch(N,{method:`POST`,headers:{"Content-Type":`application/json`,...e},body:JSON.stringify({query:`query PlaygroundNames($slug: String!, $other: String!, $draft: String!) {
        sample: article(by: { slug: $slug }) { ...found }
        other: article(by: { slug: $other }) { ...found }
        draft: article(by: { slug: $draft }) { id }
        articles(first: 3) { nodes { ...found } pageInfo { endCursor } }
      }
      fragment found on Article { id slug title section { slug } authors { id } }`,variables:{slug:V.slug,other:V.other,draft:Be}})})).json()).data}function Ue(e){return(e.match(/\p{L}+/gu)??[]).reduce((e,t)=>t.length>e.length?t:e,``)}var We=()=>matchMedia(`(min-width: 48rem)`).matches,Ge=[{title:`Read`,has:e=>e===`query`},{title:`Follow`,has:e=>e===`subscription`},{title:`Edit`,has:e=>e===`mutation`}];function Ke(e){return{title:`Examples`,icon:Ze,content:()=>(0,L.jsx)(qe,{names:e})}}function qe({names:e}){let t=F(e=>e.token);return(0,L.jsxs)(`section`,{className:`examples`,"aria-label":`Examples`,children:[(0,L.jsx)(`h2`,{children:`Examples`}),Ge.map(({title:n,has:r})=>{let i=B.filter(({kind:e})=>r(e));return i.length===0?null:(0,L.jsxs)(`section`,{"aria-label":n,children:[(0,L.jsx)(`h3`,{children:n}),n===`Edit`&&!t&&(0,L.jsx)(`p`,{className:`hint`,children:`These need the token of an editor. Put it into the field above.`}),(0,L.jsx)(`ul`,{children:i.map(t=>(0,L.jsx)(Je,{example:t,names:e},t.name))})]},n)})]})}function Je({example:e,names:t}){let n=Xe(),{setVisiblePlugin:r}=m();async function i(){let i=e.kind===`mutation`?await Ve(I()):t;n(e.name,e.query,Le(e,i)),We()||r(null)}let a=o(({tabs:t,activeTabIndex:n})=>t[n]?.title===e.name);return(0,L.jsx)(`li`,{children:(0,L.jsxs)(`button`,{type:`button`,"aria-current":a||void 0,onClick:i,children:[(0,L.jsx)(`strong`,{children:Ye(e.name)}),(0,L.jsx)(`span`,{children:e.about})]})})}function Ye(e){return e.replace(/(?<=[a-z])[A-Z]/g,e=>` ${e.toLowerCase()}`)}function Xe(){let{addTab:e,changeTab:t,updateActiveTabValues:n}=m(),{tabs:r,queryEditor:i,variableEditor:a}=o(({tabs:e,queryEditor:t,variableEditor:n})=>({tabs:e,queryEditor:t,variableEditor:n}));return(o,s,c)=>{let l=r.findIndex(({title:e})=>e===o);if(l>=0)return t(l);e(),i?.setValue(s),a?.setValue(c),n({query:s,variables:c})}}function Ze(){return(0,L.jsx)(`svg`,{viewBox:`0 0 24 24`,fill:`none`,stroke:`currentColor`,strokeWidth:`1.5`,strokeLinecap:`round`,strokeLinejoin:`round`,"aria-hidden":`true`,children:(0,L.jsx)(`path`,{d:`M12 6.5C10 4.8 7 4.3 3.5 4.5v14c3.5-.2 6.5.3 8.5 2 2-1.7 5-2.2 8.5-2v-14C17 4.3 14 4.8 12 6.5zM12 6.5v14`})})}var{icon:Qe,content:$e}=_({showAttribution:!1}),et={title:`Explorer`,icon:Qe,content:tt};function tt(){let e=(0,D.useRef)(null);return(0,D.useEffect)(()=>e.current?.scrollIntoView({block:`end`}),[]),(0,L.jsxs)(L.Fragment,{children:[(0,L.jsx)(`div`,{ref:e}),(0,L.jsx)($e,{})]})}function nt(){let e=o(({tabs:e,activeTabIndex:t})=>e[t]?.id??``),t=R(t=>t.facts[e]),n=o(({isFetching:e})=>e);return t===void 0?(0,L.jsx)(`p`,{className:`facts`,children:n?`Waiting for the answer…`:`Run the operation to see its cost, time and size.`}):(0,L.jsx)(`dl`,{className:`facts`,"aria-label":`About the answer`,children:rt(t).map(([e,t])=>(0,L.jsxs)(`div`,{children:[(0,L.jsx)(`dt`,{children:e}),(0,L.jsx)(`dd`,{children:t})]},e))})}function rt(e){return[[`Cost`,e.cost!==null&&`${it(e.cost)} of ${it(e.limit??re)}`],[`Time`,e.events!==0&&at(e.milliseconds)],[`Size`,e.bytes>0&&ot(e)],[`Cache`,e.events===null&&st(e.cache)],[`Events`,e.events!==null&&`${e.events===0?`none yet`:e.events}, ${e.done?`stopped`:`listening`}`],[`Status`,e.status!==null&&e.status!==200&&`HTTP ${e.status}`]].filter(e=>e[1]!==!1)}var it=e=>e.toLocaleString(`en`),at=e=>e<1e3?`${e<10?e.toFixed(1):Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`;function ot({bytes:e,bytesSent:t}){return t>0&&t<e?`${H(e)}, ${H(t)} sent`:H(e)}var H=e=>e<1e3?`${e} B`:`${(e/1e3).toFixed(1)} kB`;function st(e){let t=/max-age=(\d+)/.exec(e)?.[1];return/no-store/.test(e)?`not kept`:/no-cache/.test(e)||t===`0`?`asks again each time`:t?`${/private/.test(e)?`in the browser`:`anywhere`}, ${t} s`:e||`unspecified`}function U(e){return e===null?`null`:Array.isArray(e)?`array`:typeof e}function W(e){return U(e)===`object`}function ct(e){return Array.isArray(e)&&e.length>0&&e.every(e=>`message`in e)}function lt(e,t){return e.length<124?e:t}var G=(e=>(e[e.InternalServerError=4500]=`InternalServerError`,e[e.InternalClientError=4005]=`InternalClientError`,e[e.BadRequest=4400]=`BadRequest`,e[e.BadResponse=4004]=`BadResponse`,e[e.Unauthorized=4401]=`Unauthorized`,e[e.Forbidden=4403]=`Forbidden`,e[e.SubprotocolNotAcceptable=4406]=`SubprotocolNotAcceptable`,e[e.ConnectionInitialisationTimeout=4408]=`ConnectionInitialisationTimeout`,e[e.ConnectionAcknowledgementTimeout=4504]=`ConnectionAcknowledgementTimeout`,e[e.SubscriberAlreadyExists=4409]=`SubscriberAlreadyExists`,e[e.TooManyInitialisationRequests=4429]=`TooManyInitialisationRequests`,e))(G||{}),K=(e=>(e.ConnectionInit=`connection_init`,e.ConnectionAck=`connection_ack`,e.Ping=`ping`,e.Pong=`pong`,e.Subscribe=`subscribe`,e.Next=`next`,e.Error=`error`,e.Complete=`complete`,e))(K||{});function ut(e){if(!W(e))throw Error(`Message is expected to be an object, but got ${U(e)}`);if(!e.type)throw Error(`Message is missing the 'type' property`);if(typeof e.type!=`string`)throw Error(`Message is expects the 'type' property to be a string, but got ${U(e.type)}`);switch(e.type){case`connection_init`:case`connection_ack`:case`ping`:case`pong`:if(e.payload!=null&&!W(e.payload))throw Error(`"${e.type}" message expects the 'payload' property to be an object or nullish or missing, but got "${e.payload}"`);break;case`subscribe`:if(typeof e.id!=`string`)throw Error(`"${e.type}" message expects the 'id' property to be a string, but got ${U(e.id)}`);if(!e.id)throw Error(`"${e.type}" message requires a non-empty 'id' property`);if(!W(e.payload))throw Error(`"${e.type}" message expects the 'payload' property to be an object, but got ${U(e.payload)}`);if(typeof e.payload.query!=`string`)throw Error(`"${e.type}" message payload expects the 'query' property to be a string, but got ${U(e.payload.query)}`);if(e.payload.variables!=null&&!W(e.payload.variables))throw Error(`"${e.type}" message payload expects the 'variables' property to be a an object or nullish or missing, but got ${U(e.payload.variables)}`);if(e.payload.operationName!=null&&U(e.payload.operationName)!==`string`)throw Error(`"${e.type}" message payload expects the 'operationName' property to be a string or nullish or missing, but got ${U(e.payload.operationName)}`);if(e.payload.extensions!=null&&!W(e.payload.extensions))throw Error(`"${e.type}" message payload expects the 'extensions' property to be a an object or nullish or missing, but got ${U(e.payload.extensions)}`);break;case`next`:if(typeof e.id!=`string`)throw Error(`"${e.type}" message expects the 'id' property to be a string, but got ${U(e.id)}`);if(!e.id)throw Error(`"${e.type}" message requires a non-empty 'id' property`);if(!W(e.payload))throw Error(`"${e.type}" message expects the 'payload' property to be an object, but got ${U(e.payload)}`);break;case`error`:if(typeof e.id!=`string`)throw Error(`"${e.type}" message expects the 'id' property to be a string, but got ${U(e.id)}`);if(!e.id)throw Error(`"${e.type}" message requires a non-empty 'id' property`);if(!ct(e.payload))throw Error(`"${e.type}" message expects the 'payload' property to be an array of GraphQL errors, but got ${JSON.stringify(e.payload)}`);break;case`complete`:if(typeof e.id!=`string`)throw Error(`"${e.type}" message expects the 'id' property to be a string, but got ${U(e.id)}`);if(!e.id)throw Error(`"${e.type}" message requires a non-empty 'id' property`);break;default:throw Error(`Invalid message 'type' property "${e.type}"`)}return e}function dt(e,t){return ut(typeof e==`string`?JSON.parse(e,t):e)}function q(e,t){return ut(e),JSON.stringify(e,t)}function ft(e){let{url:t,connectionParams:n,lazy:r=!0,onNonLazyError:i=console.error,lazyCloseTimeout:a=0,keepAlive:o=0,disablePong:s,connectionAckWaitTimeout:c=0,retryAttempts:l=5,retryWait:u=async function(e){let t=2**e;await new Promise(e=>setTimeout(e,t*1e3+Math.floor(Math.random()*2700+300)))},shouldRetry:d=J,on:f,webSocketImpl:p,generateID:m=function(){return`xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`.replace(/[xy]/g,e=>{let t=Math.random()*16|0;return(e==`x`?t:t&3|8).toString(16)})},jsonMessageReplacer:h,jsonMessageReviver:g}=e,_;if(p){if(!ht(p))throw Error(`Invalid WebSocket implementation provided`);_=p}else typeof WebSocket<`u`?_=WebSocket:typeof global<`u`?_=global.WebSocket||global.MozWebSocket:typeof window<`u`&&(_=window.WebSocket||window.MozWebSocket);if(!_)throw Error("WebSocket implementation missing; on Node you can `import WebSocket from 'ws';` and pass `webSocketImpl: WebSocket` to `createClient`");let v=_,y=(()=>{let e=(()=>{let e={};return{on(t,n){return e[t]=n,()=>{delete e[t]}},emit(t){`id`in t&&e[t.id]?.(t)}}})(),t={connecting:f?.connecting?[f.connecting]:[],opened:f?.opened?[f.opened]:[],connected:f?.connected?[f.connected]:[],ping:f?.ping?[f.ping]:[],pong:f?.pong?[f.pong]:[],message:f?.message?[e.emit,f.message]:[e.emit],closed:f?.closed?[f.closed]:[],error:f?.error?[f.error]:[]};return{onMessage:e.on,on(e,n){let r=t[e];return r.push(n),()=>{let e=r.indexOf(n);e>-1&&r.splice(e,1)}},emit(e,...n){for(let r of[...t[e]])r(...n)}}})();function b(e){let t=[y.on(`error`,n=>{t.forEach(e=>e()),e(n)}),y.on(`closed`,n=>{t.forEach(e=>e()),e(n)})];return()=>t.forEach(e=>e())}let x,S=0,C,w=!1,T=0,E=!1;async function D(){clearTimeout(C);let[e,r]=await(x??=new Promise((e,r)=>(async()=>{if(w){if(await u(T),!S)return x=void 0,r({code:1e3,reason:`All Subscriptions Gone`});T++}y.emit(`connecting`,w);let i=new v(typeof t==`function`?await t():t,`graphql-transport-ws`),a,l;function d(){isFinite(o)&&o>0&&(clearTimeout(l),l=setTimeout(()=>{i.readyState===v.OPEN&&(i.send(q({type:K.Ping})),y.emit(`ping`,!1,void 0))},o))}b(e=>{x=void 0,clearTimeout(a),clearTimeout(l),r(e),e instanceof pt&&(i.close(4499,`Terminated`),i.onerror=null,i.onclose=null)}),i.onerror=e=>y.emit(`error`,e),i.onclose=e=>y.emit(`closed`,e),i.onopen=async()=>{try{y.emit(`opened`,i);let e=typeof n==`function`?await n():n;if(i.readyState!==v.OPEN)return;i.send(q(e?{type:K.ConnectionInit,payload:e}:{type:K.ConnectionInit},h)),isFinite(c)&&c>0&&(a=setTimeout(()=>{i.close(G.ConnectionAcknowledgementTimeout,`Connection acknowledgement timeout`)},c)),d()}catch(e){y.emit(`error`,e),i.close(G.InternalClientError,lt(e instanceof Error?e.message:String(e),`Internal client error`))}};let f=!1;i.onmessage=({data:t})=>{try{let n=dt(t,g);if(y.emit(`message`,n),n.type===`ping`||n.type===`pong`){y.emit(n.type,!0,n.payload),n.type===`pong`?d():s||(i.send(q(n.payload?{type:K.Pong,payload:n.payload}:{type:K.Pong},h)),y.emit(`pong`,!1,n.payload));return}if(f)return;if(n.type!==K.ConnectionAck)throw Error(`First message cannot be of type ${n.type}`);clearTimeout(a),f=!0,y.emit(`connected`,i,n.payload,w),w=!1,T=0;let r=new Promise((e,t)=>b(t));r.catch(()=>{}),e([i,r])}catch(e){i.onmessage=null,y.emit(`error`,e),i.close(G.BadResponse,lt(e instanceof Error?e.message:String(e),`Bad response`))}}})()));e.readyState===v.CLOSING&&await r;let i=()=>{},l=new Promise(e=>i=e);return[e,i,new Promise((t,n)=>{let i=b(n);e.readyState!==v.OPEN&&r.catch(n),l.then(()=>{if(i(),!S){let t=()=>e.close(1e3,`Normal Closure`);isFinite(a)&&a>0?(clearTimeout(C),C=setTimeout(()=>{!S&&e.readyState===v.OPEN&&t()},a)):t()}t()})})]}function O(e){if(J(e)&&(mt(e.code)||[G.InternalServerError,G.InternalClientError,G.BadRequest,G.BadResponse,G.Unauthorized,G.SubprotocolNotAcceptable,G.SubscriberAlreadyExists,G.TooManyInitialisationRequests].includes(e.code)))throw e;if(E)return!1;if(J(e)&&e.code===1e3)return S>0;if(!l||T>=l||!d(e))throw e;return w=!0}r||(async()=>{for(S++;;)try{let[,,e]=await D();await e}catch(e){try{if(!O(e))return}catch(e){return i?.(e)}}})();function k(e,t){let n=m(e),r=!1,i=!1,a=()=>{S--,r=!0};return(async()=>{for(S++;;)try{let[o,s,c]=await D();if(r)return c.catch(()=>{}),s();let l=y.onMessage(n,e=>{switch(e.type){case K.Next:t.next(e.payload);return;case K.Error:i=!0,r=!0,t.error(e.payload),a();return;case K.Complete:r=!0,a();return}});o.send(q({id:n,type:K.Subscribe,payload:e},h)),a=()=>{!r&&o.readyState===v.OPEN&&o.send(q({id:n,type:K.Complete},h)),S--,r=!0,s()},await c.finally(l);return}catch(e){if(!O(e))return}})().then(()=>{i||t.complete()}).catch(e=>{t.error(e)}),()=>{r||a()}}return{on:y.on,subscribe:k,iterate(e){let t=[],n={done:!1,error:null,resolve:()=>{}},r=k(e,{next(e){t.push(e),n.resolve()},error(e){n.done=!0,n.error=e,n.resolve()},complete(){n.done=!0,n.resolve()}}),i=async function*(){for(;;){for(t.length||await new Promise(e=>n.resolve=e);t.length;)yield t.shift();if(n.error)throw n.error;if(n.done)return}}();return i.throw=async e=>(n.done||(n.done=!0,n.error=e,n.resolve()),{done:!0,value:void 0}),i.return=async()=>(r(),{done:!0,value:void 0}),i},async dispose(){if(E=!0,x){let[e]=await x;e.close(1e3,`Normal Closure`)}},terminate(){x&&y.emit(`closed`,new pt)}}}var pt=class extends Error{name=`TerminatedCloseEvent`;message=`4499: Terminated`;code=4499;reason=`Terminated`;wasClean=!1};function J(e){return W(e)&&`code`in e&&`reason`in e}function mt(e){return![1e3,1001,1006,1005,1012,1013,1014].includes(e)&&e>=1e3&&e<=1999}function ht(e){return typeof e==`function`&&`constructor`in e&&`CLOSED`in e&&`CLOSING`in e&&`CONNECTING`in e&&`OPEN`in e}w();var gt=(e,t)=>{let{params:n,kind:r}=_t(e);if(n.operationName===`IntrospectionQuery`)return vt(n,{...t?.headers});let i={...I(),...t?.headers},{tab:a}=R.getState();return r===`subscription`?St(n,a):r===`mutation`&&j?{errors:[new S(`This playground only reads. The mutation was not sent.`)]}:vt(n,i,a)};function _t(e){try{let t=x(e.query),n=T(t,e.operationName)??T(t);return{params:{...e,operationName:n?.name?.value},kind:n?.operation}}catch{return{params:e,kind:void 0}}}async function vt(e,t,n){let r=performance.now(),i=await fetch(N,{method:`POST`,headers:{"Content-Type":`application/json`,Accept:`application/graphql-response+json, application/json`,...t},body:JSON.stringify(e)}),a=await i.text(),o=performance.now()-r,s=yt(a,i);if(n!==void 0){let e=bt(r);R.getState().note(n,{status:i.status,milliseconds:e?.duration||o,bytes:new TextEncoder().encode(a).length,bytesSent:e?.encodedBodySize??0,cache:[i.headers.get(`Cache-Control`),i.headers.get(`Cache-Status`)].filter(Boolean).join(`; `),events:null,done:!0,...fe(s)})}return s}function yt(e,t){try{return JSON.parse(e)}catch{throw Error(`The answer is not JSON: HTTP ${t.status} ${t.statusText}: ${e.slice(0,200)}`)}}function bt(e){let t=performance.getEntriesByName(N,`resource`);return performance.clearResourceTimings(),t.findLast(({startTime:t})=>t>=e)}var Y;function xt(){return Y??=ft({url:N.replace(/^http/,`ws`),lazy:!0,retryAttempts:3,connectionParams:I}),Y}F.subscribe(()=>{Y?.dispose(),Y=void 0});function St({query:e,variables:t,operationName:n},r){let i=xt().iterate({query:e,variables:t,operationName:n}),a=performance.now(),{note:o}=R.getState(),s={status:null,milliseconds:0,bytes:0,bytesSent:0,cost:null,limit:null,cache:``,events:0,done:!1};return o(r,s),{async next(){let e=await i.next().catch(e=>{throw Ct(e)});return e.done?(o(r,{...s,done:!0}),e):(Object.assign(s,fe(e.value)),s.events=(s.events??0)+1,s.milliseconds=performance.now()-a,s.bytes=new TextEncoder().encode(JSON.stringify(e.value)).length,o(r,{...s}),{done:!1,value:e.value})},async return(){return o(r,{...s,done:!0}),await i.return?.(),{done:!0,value:void 0}},[Symbol.asyncIterator](){return this}}}function Ct(e){return e instanceof CloseEvent?Error(`The connection was closed: ${e.reason||`code ${e.code}`}.`):e instanceof Event?Error(`The server takes no WebSocket connections here.`):e}function wt(){return(0,L.jsxs)(`header`,{className:`bar`,children:[(0,L.jsxs)(`a`,{className:`brand`,href:`/`,children:[(0,L.jsx)(`img`,{src:`/icon.svg`,alt:``,width:`22`,height:`22`}),`Nutgraph`]}),(0,L.jsx)(`h1`,{children:`Playground`}),j?(0,L.jsx)(`span`,{className:`mark`,children:`Read only`}):(0,L.jsx)(Tt,{}),!M&&(0,L.jsx)(`nav`,{"aria-label":`Nutgraph`,children:(0,L.jsx)(`a`,{href:`/schema.graphqls`,children:`Schema`})}),(0,L.jsx)(Et,{})]})}function Tt(){let{token:e,setToken:t}=F();return(0,L.jsxs)(`form`,{className:`token`,onSubmit:e=>e.preventDefault(),children:[(0,L.jsx)(`label`,{htmlFor:`token`,children:`Token`}),(0,L.jsx)(`input`,{id:`token`,type:`password`,autoComplete:`off`,spellCheck:!1,placeholder:`none, as any reader`,title:`Sent as Authorization: Bearer. Kept until this tab is closed.`,value:e,onChange:e=>t(e.target.value.trim())}),e&&(0,L.jsx)(`button`,{type:`button`,onClick:()=>t(``),children:`Forget`})]})}function Et(){let{setTheme:e}=m(),t=o(e=>e.theme),n=t===null?matchMedia(`(prefers-color-scheme: dark)`).matches:t===`dark`;return(0,L.jsx)(`button`,{type:`button`,className:`theme`,"aria-label":n?`Light theme`:`Dark theme`,title:n?`Light theme`:`Dark theme`,onClick:()=>e(n?`light`:`dark`),children:(0,L.jsxs)(`svg`,{viewBox:`0 0 24 24`,width:`18`,height:`18`,"aria-hidden":`true`,children:[(0,L.jsx)(`circle`,{cx:`12`,cy:`12`,r:`8`,fill:`none`,stroke:`currentColor`,strokeWidth:`1.8`}),(0,L.jsx)(`path`,{d:`M12 4a8 8 0 0 1 0 16z`,fill:`currentColor`})]})})}function Dt(){let{introspect:e}=m(),t=o(e=>e.fetchError);if(!t&&!M)return null;let n=M||/introspection/i.test(t??``);return(0,L.jsxs)(`div`,{className:`notice`,role:`status`,children:[n?(0,L.jsxs)(`p`,{children:[(0,L.jsx)(`strong`,{children:`Introspection is off on this server.`}),` Queries run, but there is no documentation, no completion and no explorer here.`]}):(0,L.jsxs)(`p`,{children:[(0,L.jsx)(`strong`,{children:`The schema could not be loaded.`}),` Is the server running? Queries may fail, too.`]}),!n&&(0,L.jsx)(`button`,{type:`button`,onClick:()=>e(),children:`Try again`})]})}function Ot(e){try{return JSON.stringify(JSON.parse(e),(e,t)=>e===`headers`?null:t)}catch{return e}}var X=`graphiql:`,kt={[`${X}docExplorerFlex`]:`0.28`},Z=()=>Object.keys(localStorage).filter(e=>e.startsWith(X)),At={get length(){return Z().length},key:e=>Z()[e]??null,getItem:e=>localStorage.getItem(e)??kt[e]??null,setItem(e,t){e!==`${X}headers`&&localStorage.setItem(e,Ot(t))},removeItem:e=>localStorage.removeItem(e),clear:()=>Z().forEach(e=>localStorage.removeItem(e))};function jt(){try{let{tabs:e,activeTabIndex:t}=JSON.parse(localStorage.getItem(`${X}tabState`)??``),{query:n,variables:r}=e[t];return{query:n??``,variables:r??``}}catch{return null}}var Q={light:`#0b5c74`,dark:`#6cc3da`},$={light:`#ffffff`,dark:`#1c2326`};function Mt(e){let t=`${Q[e]}22`;return E.defineTheme(`nutgraph-${e}`,{base:e===`dark`?`vs-dark`:`vs`,inherit:!0,rules:[{token:`argument.identifier.gql`,foreground:e===`dark`?`b3a5f0`:`6047b0`},{token:`comment`,foreground:e===`dark`?`8fb08a`:`3d6b3a`}],colors:{"editor.background":`#ffffff00`,"scrollbar.shadow":`#ffffff00`,"editorLineNumber.foreground":e===`dark`?`#8d999d`:`#66736f`,"textLink.foreground":Q[e],"textLink.activeForeground":Q[e],"editorHoverWidget.background":$[e],"editorWidget.background":$[e],"editorSuggestWidget.background":$[e],"editorSuggestWidget.selectedBackground":t,"editorSuggestWidget.selectedForeground":e===`dark`?`#ffffff`:`#1c2326`,"list.hoverBackground":t,"list.highlightForeground":Q[e],"list.focusHighlightForeground":Q[e],"menu.background":$[e],"menu.selectionBackground":t,"menu.selectionForeground":Q[e],"quickInput.background":$[e],"quickInputList.focusBackground":t,focusBorder:Q[e]}}),`nutgraph-${e}`}var Nt={light:Mt(`light`),dark:Mt(`dark`)};function Pt({names:e,shared:t}){let r=(0,D.useMemo)(()=>Ke(e),[e]),i=(0,D.useMemo)(()=>[r,p,et,l],[r]),o=(0,D.useMemo)(()=>Ft(e,t),[e,t]);return(0,L.jsx)(a,{fetcher:gt,schema:M?null:void 0,plugins:i,referencePlugin:p,visiblePlugin:We()?r:void 0,storage:At,shouldPersistHeaders:!1,editorTheme:Nt,...o,children:(0,L.jsx)(n,{children:(0,L.jsxs)(g,{children:[(0,L.jsx)(wt,{}),(0,L.jsx)(Dt,{}),(0,L.jsx)(ze,{}),(0,L.jsx)(Re,{}),(0,L.jsxs)(h,{showPersistHeadersSettings:!1,defaultEditorToolsVisibility:`variables`,children:[(0,L.jsx)(f.Logo,{children:null}),(0,L.jsx)(f.Toolbar,{children:({prettify:e,merge:t})=>(0,L.jsxs)(L.Fragment,{children:[e,t,(0,L.jsx)(le,{})]})}),(0,L.jsx)(f.Footer,{children:(0,L.jsx)(nt,{})})]})]})})})}function Ft(e,t){let n=B.filter(({kind:e})=>e!==`mutation`).map(t=>({query:t.query,variables:Le(t,e)}));t&&n.unshift(t);let r=t??jt()??n[0];return{defaultTabs:n,initialQuery:r?.query,initialVariables:r?.variables}}var It=te(location.hash);It&&history.replaceState(null,``,location.pathname),addEventListener(`hashchange`,()=>te(location.hash)&&location.reload()),(0,O.createRoot)(ne).render((0,L.jsx)(Pt,{names:await Ve(),shared:It}));