// The page of a plan or of a unit: its rows by key, the corte chosen, its sections.
(function (S) {
  'use strict';
  const h = S.h;
  const d = S.d;
  const plan = d.plan;
  const metodo = plan.metodologia_id;

  const p = {
    plan, metodo, unidad: d.unidad, frases: d.frases,
    moneda: S.f.moneda(plan.moneda),
    entidad: S.por(S.filas(d.entidad), 'mes_corte'),
    oeis: S.filas(d.objetivos),
    aeis: S.filas(d.acciones),
    aos: S.filas(d.actividades),
    centros: S.por(S.filas(d.centros), 'centro_costo_id'),
    corte: plan.corte_vigente,
    // Of a plan without seguimiento nothing is to be registered: none of its cortes waits.
    ultimoExigible: plan.con_seguimiento ? plan.corte_exigible || 0 : Infinity,
    reglas: S.por(S.filas(d.reglas), 'regla_id'),
    alertas: S.filas(d.alertas),
  };
  p.aos.forEach((ao, lugar) => { ao.lugar = lugar; });
  p.oei = S.por(p.oeis, 'oei_id');
  p.aei = S.por(p.aeis, 'aei_id');
  p.cortes = [...p.entidad.keys()].sort((a, b) => a - b);

  const deCorte = (tabla, clave) => S.por(S.filas(tabla), (fila) => `${fila[clave]} ${fila.mes_corte}`);
  const avances = {
    AO: deCorte(d.avance_ao, 'ao'),
    AEI: deCorte(d.avance_aei, 'aei_id'),
    OEI: deCorte(d.avance_oei, 'oei_id'),
    CC: S.por(S.filas(d.avance_cc).filter((f) => f.alcance === 'propio'), (f) => `${f.centro_costo_id} ${f.mes_corte}`),
    CC_TOTAL: S.por(S.filas(d.avance_cc).filter((f) => f.alcance === 'total'), (f) => `${f.centro_costo_id} ${f.mes_corte}`),
  };
  // Figures of an element at a corte, as the marts have them.
  p.avance = (nivel, id, corte) =>
    (nivel === 'ENTIDAD' ? p.entidad.get(corte || p.corte) : avances[nivel].get(`${id} ${corte || p.corte}`));
  const metas = S.grupos(S.filas(d.metas), 'ao');
  p.metas = (lugar) => metas.get(lugar) || [];
  const aportes = S.por(S.filas(d.aportes), (fila) => `${fila.ao} ${fila.mes_corte}`);
  p.aporte = (lugar, corte) => aportes.get(`${lugar} ${corte || p.corte}`);

  p.nombreCorte = (corte) => `${S.mes(corte || p.corte)} de ${plan.anio}`;
  p.porVencer = (corte) => (corte || p.corte) > p.ultimoExigible;
  // A method may have no bands: its figures have no colour, whatever they are.
  p.sinBandas = plan.con_seguimiento && !S.bandas(metodo, 'fisico').length
    ? 'La metodología no tiene bandas de semáforo: sus avances no llevan color.' : null;
  // Why a corte has no colour yet.
  p.espera = (corte) => (p.ultimoExigible === 0 ? 'Ningún mes exigible todavía.'
    : `El registro de ${p.nombreCorte(corte)} está por vencer: sus cifras todavía no llevan color.`);
  // What the state of a figure means: months that nobody registered, or a source that says nothing.
  p.fraseEstado = (fila) => (fila.estado === 'S.I.' && fila.origen === 'reportado'
    ? p.frases['S.I. reportado'] : p.frases[S.estado(fila)]);
  p.centro = (id) => (p.centros.get(id) ? p.centros.get(id).nombre : id);
  const color = (fila, ambito) => fila[`semaforo_${ambito || 'fisico'}`];
  p.senal = (fila, ambito, grande) => {
    if (!fila) return S.senal(metodo, 'fisico', null, null);
    if (color(fila, ambito) && p.porVencer(fila.mes_corte)) return S.senal(metodo, 'fisico', null, 'por_vencer', grande);
    return S.senal(metodo, ambito || 'fisico', color(fila, ambito), ambito === 'financiero' ? null : S.estado(fila), grande);
  };
  p.banda = (fila, ambito) => (fila && !p.porVencer(fila.mes_corte) ? S.banda(metodo, ambito || 'fisico', color(fila, ambito)) : null);
  p.reparto = (fila, boton) => (p.porVencer(fila.mes_corte) || !plan.con_seguimiento ? null : S.reparto(fila, metodo, boton));

  p.enlaceUnidad = (id) => {
    const archivo = d.paginas[id];
    if (!archivo || id === p.unidad) return p.centro(id);
    return h('a', { href: (p.unidad ? '' : 'unidades/') + archivo }, p.centro(id));
  };

  // Activities of an element, in the order of the plan.
  p.deElemento = (nivel, id) => {
    if (nivel === 'ENTIDAD') return p.aos;
    if (nivel === 'OEI') return p.aos.filter((ao) => ao.oei_id === id);
    if (nivel === 'AEI') return p.aos.filter((ao) => ao.aei_id === id);
    const centros = new Set([id]);
    for (let antes = 0; nivel === 'CC_TOTAL' && antes < centros.size;) {
      antes = centros.size;
      for (const centro of p.centros.values()) if (centros.has(centro.centro_padre_id)) centros.add(centro.centro_costo_id);
    }
    return p.aos.filter((ao) => centros.has(ao.centro_costo_id));
  };

  p.nombre = (nivel, id) => ({
    ENTIDAD: () => plan.entidad,
    OEI: () => (p.oei.get(id) || {}).nombre,
    AEI: () => (p.aei.get(id) || {}).nombre,
    CC: () => p.centro(id),
    CC_TOTAL: () => p.centro(id),
  })[nivel]() || id;

  function elegirCorte() {
    const caja = document.getElementById('corte');
    if (!p.cortes.length) {
      S.poner(caja, h('p', { class: 'nota' }, 'Sin metas programadas: todavía no hay cifras.'));
      return;
    }
    const lista = p.cortes.map((corte) => [corte, `${S.f.mayuscula(S.mes(corte))} ${plan.anio}${p.porVencer(corte) ? ' · por vencer' : ''}`]);
    S.poner(caja, S.selector('Corte', lista, p.corte, (valor) => {
      p.corte = Number(valor);
      dibujar();
    }));
  }

  // One section a turn, the first at once: the page answers while the rest is drawn.
  let vuelta = 0;
  function dibujar() {
    const cajas = [...document.querySelectorAll('[data-seccion]')];
    const esta = (vuelta += 1);
    document.documentElement.removeAttribute('data-listo');
    function una() {
      if (esta !== vuelta) return;
      const caja = cajas.shift();
      if (!caja) {
        document.documentElement.setAttribute('data-listo', '');
        // By now the reader has the page: what paper needs can come.
        S.trazarTodo();
        return;
      }
      S.secciones[caja.dataset.seccion](caja, p);
      setTimeout(una);
    }
    una();
  }

  S.pagina = {
    abrir() {
      elegirCorte();
      dibujar();
      S.pregunta.desdeDireccion(p);
    },
  };
  S.p = p;

  // What a question shows.
  const pct = S.f.pct;

  function filaAo(ao) {
    return { ao, a: p.avance('AO', ao.lugar), registro: ultimoRegistro(ao) };
  }

  function ultimoRegistro(ao) {
    const fechas = p.metas(ao.lugar).filter((m) => m.mes <= p.corte && m.fecha_registro).map((m) => m.fecha_registro);
    return fechas.sort().pop() || null;
  }

  const actividad = (ao) => h('span', {}, h('span', { class: 'codigo' }, ao.actividad_id), ' ', ao.nombre);

  function lista(aos, medida) {
    const filas = aos.map(filaAo).filter((fila) => fila.a);
    const campo = medida === 'dinero' ? 'financiero' : 'fisico';
    const escribir = medida === 'dinero' ? S.f.dinero : S.f.cantidad;
    return [h('h3', {}, `Las actividades que hay detrás (${S.f.entero(filas.length)})`),
      S.tabla({
        titulo: 'Actividades que hay detrás', filas, clase: 'fichas',
        vacio: 'No hay actividades con cifras a este corte: la fuente la da ya acumulada.',
        columnas: [
          { titulo: 'Actividad', fila: true, orden: (f) => f.ao.nombre, celda: (f) => actividad(f.ao) },
          { titulo: 'Semáforo', celda: (f) => p.senal(f.a, campo) },
          { titulo: 'Avance', clase: 'num', orden: (f) => f.a[`avance_${campo}_pct`],
            celda: (f) => S.cifra(pct(f.a[`avance_${campo}_pct`]), deActividad(f.ao)) },
          { titulo: 'Programado', clase: 'num', orden: (f) => f.a[`programado_${campo}`], celda: (f) => escribir(f.a[`programado_${campo}`]) },
          { titulo: 'Ejecutado', clase: 'num', orden: (f) => f.a[`ejecutado_${campo}`], celda: (f) => escribir(f.a[`ejecutado_${campo}`]) },
          { titulo: 'Último registro', clase: 'num', orden: (f) => f.registro, celda: (f) => S.f.fecha(f.registro) },
        ],
      })];
  }

  function deActividad(ao, corte) {
    const fijo = corte || p.corte;
    return () => {
      const a = p.avance('AO', ao.lugar, fijo);
      const aporte = p.aporte(ao.lugar, fijo);
      return {
        antetitulo: `${ao.actividad_id} · a ${p.nombreCorte(fijo)}`,
        titulo: ao.nombre,
        cifra: a && [p.senal(a, 'fisico', true), h('strong', {}, pct(a.avance_fisico_pct)),
          h('span', {}, `${S.f.cantidad(a.ejecutado_fisico)} de ${S.f.cantidad(a.programado_fisico)} ${ao.unidad_medida}`)],
        regla: [p.frases[ao.tipo_agregacion], p.frases.avance, a && p.fraseEstado(a),
          p.porVencer(fijo) && p.espera(fijo), a && a.origen === 'reportado' && p.frases.reportado],
        cuerpo: [
          S.datos([
            ['Unidad', p.enlaceUnidad(ao.centro_costo_id)],
            ['Acción', `${ao.aei_id} ${p.nombre('AEI', ao.aei_id)}`],
            a && ['Sin tope ni redondeo', pct(a.avance_sin_tope_pct)],
            a && ['Dinero', `${p.moneda} ${S.f.dinero(a.ejecutado_financiero)} de ${S.f.dinero(a.programado_financiero)}, ${pct(a.avance_financiero_pct)}`],
            a && a.programado_anual_pct !== null && ['Del año', `programado ${pct(a.programado_anual_pct)}, ejecutado ${pct(a.ejecutado_anual_pct)}`],
            aporte && ['Peso en la entidad', `${pct(aporte.peso_promedio_pct)}: le resta ${S.f.puntos(aporte.puntos_perdidos)} puntos`],
          ]),
          h('h3', {}, 'Mes a mes, con sus registros'),
          S.tabla({
            titulo: 'Metas y registros por mes', filas: p.metas(ao.lugar), clase: 'fichas',
            vacio: 'De esta actividad no se conocen los meses.',
            alFila: (m) => ({ class: m.mes > fijo ? 'despues' : null }),
            columnas: [
              { titulo: 'Mes', fila: true, celda: (m) => S.f.mayuscula(S.mes(m.mes)) },
              { titulo: 'Programado', clase: 'num', celda: (m) => S.f.cantidad(m.programado_fisico) },
              { titulo: 'Ejecutado', clase: 'num', celda: (m) => S.f.cantidad(m.ejecutado_fisico) },
              { titulo: `Programado ${p.moneda}`, clase: 'num', celda: (m) => S.f.dinero(m.programado_financiero) },
              { titulo: `Ejecutado ${p.moneda}`, clase: 'num', celda: (m) => S.f.dinero(m.ejecutado_financiero) },
              { titulo: 'Versión', clase: 'num', celda: (m) => (m.version === null ? S.f.NADA : String(m.version)) },
              { titulo: 'Registrado', clase: 'num', celda: (m) => S.f.fecha(m.fecha_registro) },
              { titulo: 'A tiempo', celda: (m) => (m.registrado_a_tiempo === null ? S.f.NADA : m.registrado_a_tiempo ? 'Sí' : 'No') },
            ],
          }),
        ],
      };
    };
  }

  const MEDIDAS = {
    fisico: ['avance_fisico_pct', 'Avance físico'],
    dinero: ['avance_financiero_pct', 'Avance del dinero'],
    mediana: ['mediana_actividades_pct', 'Mediana de las actividades'],
    anual: ['ejecutado_anual_pct', 'Ejecutado del año'],
  };

  function deElemento(nivel, id, medida, corte) {
    const fijo = corte || p.corte;
    return () => {
      const a = p.avance(nivel, id, fijo) || {};
      const [campo, nombre] = MEDIDAS[medida || 'fisico'];
      const aos = medida === 'mediana'
        ? [...p.deElemento(nivel, id)].sort((x, y) => orden(x) - orden(y)) : p.deElemento(nivel, id);
      return {
        antetitulo: `${nombre} · a ${p.nombreCorte(fijo)}`,
        titulo: p.nombre(nivel, id),
        cifra: [
          (medida || 'fisico') === 'fisico' && p.senal(a, 'fisico', true),
          medida === 'dinero' && p.senal(a, 'financiero', true),
          h('strong', {}, pct(medida === 'anual' && p.porVencer(fijo) ? null : a[campo])),
          (medida || 'fisico') === 'fisico' && a.avance_fisico_pct === null && a.avance_parcial_pct !== null &&
            h('span', {}, `avance parcial ${pct(a.avance_parcial_pct)}`),
          medida === 'dinero' && h('span', {}, `${p.moneda} ${S.f.dinero(a.ejecutado_financiero)} de ${S.f.dinero(a.programado_financiero)}`),
          medida === 'anual' && h('span', {}, `programado ${pct(a.programado_anual_pct)}`),
        ],
        regla: [
          medida === 'dinero' ? p.frases.dinero : medida === 'mediana' ? p.frases.mediana
            : medida === 'anual' ? p.frases.anual : p.frases[nivel],
          (medida || 'fisico') === 'fisico' && p.fraseEstado(a),
          p.porVencer(fijo) && p.espera(fijo),
          a.origen === 'reportado' && p.frases.reportado,
        ],
        cuerpo: [a.n_actividades !== undefined && p.reparto(a), lista(aos, medida)],
      };
    };
  }

  function orden(ao) {
    const a = p.avance('AO', ao.lugar);
    return a && a.avance_fisico_pct !== null ? a.avance_fisico_pct : Infinity;
  }

  function deGrupo(titulo, aos, regla) {
    return () => ({ antetitulo: `A ${p.nombreCorte()}`, titulo, regla: regla || [], cuerpo: lista(aos) });
  }

  // Those of an element that have a colour or a state.
  function deParte(nivel, id, parte) {
    const aos = p.deElemento(nivel, id).filter((ao) => {
      const a = p.avance('AO', ao.lugar);
      return a && (parte.filtro.color ? a.semaforo_fisico === parte.filtro.color : a.estado === parte.filtro.estado);
    });
    const banda = parte.banda;
    return deGrupo(
      `${p.nombre(nivel, id)}: ${banda ? `en ${banda.color}` : parte.nombre}`, aos,
      [banda ? `${S.f.mayuscula(banda.color)}: ${banda.etiqueta}.` : p.frases[parte.nombre]],
    );
  }

  S.pregunta = {
    deActividad, deElemento, deGrupo, deParte, actividad,
    // The first page asks a plan's figures by its address: #porque-fisico.
    desdeDireccion() {
      const vista = {
        '#porque-fisico': deElemento('ENTIDAD', plan.entidad_id, 'fisico'),
        '#porque-dinero': deElemento('ENTIDAD', plan.entidad_id, 'dinero'),
        '#porque-actividades': deGrupo('Todas las actividades', p.aos),
      }[window.location.hash];
      if (vista) S.preguntar(vista);
    },
  };
})(window.Semaforo);
