// The lights: a colour is never alone, it has its letter and its shape.
(function (S) {
  'use strict';
  const h = S.h;
  const porClave = new Map();
  if (S.d.bandas) {
    for (const banda of S.filas(S.d.bandas)) {
      porClave.set(`${banda.metodologia_id} ${banda.ambito} ${banda.color}`, banda);
    }
  }
  const VACIOS = { 'S.I.': 'si', 'S.P.': 'sp', sin_seguimiento: 'ss', por_vencer: 'pv', sin_avance: 'sa' };
  const ESCRITOS = { sin_seguimiento: 'sin seg.', por_vencer: 'por vencer', sin_avance: 'sin avance' };

  // What is complete lacks an advance where the weights of its parts sum to 0.
  S.estado = (fila) => (fila.avance_fisico_pct === null && fila.estado === 'completo' ? 'sin_avance' : fila.estado);

  S.banda = (metodo, ambito, color) => porClave.get(`${metodo} ${ambito} ${color}`);
  S.bandas = (metodo, ambito) =>
    [...porClave.values()].filter((b) => b.metodologia_id === metodo && b.ambito === ambito);

  S.luz = function luz(banda, grande) {
    return h(
      'span',
      {
        class: `luz luz-${banda.color}${grande ? ' luz-grande' : ''}${banda.borde ? ' clara' : ''}`,
        style: `--luz:${banda.hex};--tinta:${banda.tinta}`,
        title: `${S.f.mayuscula(banda.color)}: ${banda.etiqueta}`,
        role: 'img',
        'aria-label': S.f.mayuscula(banda.color),
      },
      h('b', { 'aria-hidden': 'true' }, banda.letra),
    );
  };

  // The light of a figure, or why there is none.
  S.senal = function senal(metodo, ambito, color, estado, grande) {
    const banda = color && S.banda(metodo, ambito, color);
    if (banda) return S.luz(banda, grande);
    if (VACIOS[estado]) {
      return h('span', { class: `estado estado-${VACIOS[estado]}${grande ? ' estado-grande' : ''}` }, ESCRITOS[estado] || estado);
    }
    return h('span', { class: 'nada', 'aria-label': 'sin semáforo' }, S.f.NADA);
  };

  S.barra = function barra(valor, banda) {
    if (valor === null || valor === undefined) return null;
    return h('span', {
      class: 'barrita', 'aria-hidden': 'true',
      style: `--v:${valor};--luz:${banda ? banda.hex : 'var(--gris)'}`,
    }, h('i', { class: banda && banda.borde ? 'clara' : null }));
  };

  // How many of each colour and state, as one bar; the widths follow the counts themselves.
  S.reparto = function reparto(fila, metodo, boton) {
    const partes = S.bandas(metodo, 'fisico').map((banda) => ({
      n: fila[`n_${banda.color}`], banda, nombre: banda.color, filtro: { color: banda.color },
    }));
    partes.push({ n: fila.n_si, clase: 'si', nombre: 'S.I.', filtro: { estado: 'S.I.' } });
    partes.push({ n: fila.n_sp, clase: 'sp', nombre: 'S.P.', filtro: { estado: 'S.P.' } });
    const caja = h('span', { class: 'reparto' });
    const vistas = partes.filter((parte) => parte.n > 0);
    // Counts that a source gives without the activities themselves: none has a colour to count.
    if (!vistas.length) {
      return h('span', { class: 'sin-detalle' }, S.bandas(metodo, 'fisico').length ? 'sin detalle de actividades' : 'sin bandas de semáforo');
    }
    caja.append(h('span', { class: 'reparto-barra', 'aria-hidden': 'true' }, vistas.map((parte) =>
      h('i', {
        class: parte.clase ? `tramo-${parte.clase}` : parte.banda && parte.banda.borde ? 'clara' : null,
        style: `flex-grow:${parte.n}` + (parte.banda ? `;background:${parte.banda.hex}` : ''),
      }))));
    caja.append(h('span', { class: 'reparto-numeros' }, vistas.map((parte) =>
      h('span', { class: 'reparto-parte' },
        parte.banda ? S.luz(parte.banda) : h('span', { class: `estado estado-${parte.clase}` }, parte.nombre),
        boton ? boton(parte) : h('span', {}, S.f.entero(parte.n))))));
    return caja;
  };

  // The gravity of a finding, and of how many where that is given.
  S.gravedad = (severidad, cuantas) =>
    h('span', { class: `gravedad gravedad-${severidad}` }, S.f.mayuscula(severidad), cuantas ? ` ${S.f.entero(cuantas)}` : '');
})(window.Semaforo);
