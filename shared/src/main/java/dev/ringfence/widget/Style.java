package dev.ringfence.widget;

/** The widget's own style sheet, under its own class, so that it touches nothing else. */
final class Style {
  /**
   * One column that wraps by itself: a widget is as narrow as its place on the dashboard, whatever
   * the window's width.
   */
  private static final String SHEET =
      """
      .rf{font:14px/1.45 "Amazon Ember",system-ui,"Helvetica Neue",Arial,sans-serif;color:var(--rf-text);\
      background:var(--rf-ground);padding:12px;box-sizing:border-box;overflow-wrap:anywhere}
      .rf *{box-sizing:border-box}
      .rf h2,.rf h3,.rf h4,.rf p,.rf figure,.rf ul,.rf ol{margin:0;padding:0}
      .rf h2{font-size:16px}.rf h3{font-size:16px}.rf h4{font-size:14px;margin-top:8px}
      .rf p{margin:4px 0}
      .rf span,.rf strong{unicode-bidi:isolate}
      .rf-top,.rf-head,.rf-ring,.rf-axis,.rf-buttons,.rf-legend,.rf-form{display:flex;flex-wrap:wrap;\
      gap:4px 12px;align-items:baseline}
      .rf-top,.rf-axis,.rf-ring{justify-content:space-between}
      .rf-card{border:1px solid var(--rf-edge);border-radius:6px;padding:12px;margin-top:12px;\
      background:var(--rf-panel)}
      .rf-notice{border-left-width:5px;border-left-color:currentColor}
      .rf-notice p,.rf-notice li{color:var(--rf-text)}
      .rf-why{font-weight:600}
      .rf-small{font-size:12.5px;color:var(--rf-soft)}
      .rf-soft{color:var(--rf-soft)}.rf-good{color:var(--rf-good)}.rf-move{color:var(--rf-move)}
      .rf-hurt{color:var(--rf-hurt)}.rf-back{color:var(--rf-back)}.rf-wait{color:var(--rf-wait)}
      .rf-badge{border:1px solid currentColor;border-radius:10px;padding:0 8px;font-size:12px;\
      font-weight:600;white-space:nowrap}
      .rf-buttons{margin:8px 0;gap:8px}
      .rf-btn{font:inherit;font-weight:600;color:var(--rf-text);background:var(--rf-ground);\
      border:1px solid var(--rf-rest);border-radius:4px;padding:5px 14px;min-height:32px;cursor:pointer}
      .rf-main{color:var(--rf-press);background:var(--rf-move);border-color:var(--rf-move)}
      .rf-danger{color:var(--rf-press);background:var(--rf-hurt);border-color:var(--rf-hurt)}
      .rf-btn:hover{box-shadow:0 0 0 2px var(--rf-edge)}
      .rf-btn:focus-visible,.rf summary:focus-visible,.rf-form input:focus-visible{\
      outline:3px solid var(--rf-move);outline-offset:2px}
      .rf .rf-rings{list-style:none;display:grid;gap:12px 20px;\
      grid-template-columns:repeat(auto-fill,minmax(min(100%,190px),1fr));margin:16px 0}
      .rf-bar{display:flex;height:12px;border-radius:3px;overflow:hidden;background:var(--rf-track);\
      margin:3px 0;border:1px solid var(--rf-edge)}
      .rf-bar span{flex-basis:0;min-width:3px}
      .rf-bar span+span{border-left:1px solid var(--rf-panel)}
      .rf .rf-line{margin:16px 0}
      .rf-line>svg{display:block;width:100%;height:130px}
      .rf-legend{font-size:12.5px}.rf-axis{font-size:12px;color:var(--rf-soft)}
      .rf-sample{width:24px;height:8px}
      .rf-list{list-style:none}
      .rf-list li{padding:5px 0;border-top:1px solid var(--rf-edge)}
      .rf-list .rf-buttons{margin:4px 0 0}
      .rf details{margin-top:8px}.rf summary{cursor:pointer;font-weight:600;padding:4px 0}
      .rf-form{margin-top:10px;font-size:12.5px;color:var(--rf-soft)}
      .rf-form label{display:flex;flex:1 1 200px;gap:6px;align-items:baseline}
      .rf-form input{flex:1 1 auto;min-width:0;font:inherit;color:var(--rf-text);\
      background:var(--rf-ground);border:1px solid var(--rf-rest);border-radius:4px;padding:4px 8px}
      """;

  private Style() {}

  /** The sheet in a theme's colours; it holds nothing that anybody wrote. */
  static Html of(Theme theme) {
    return page ->
        page.append("<style>.rf{")
            .append(theme.properties())
            .append("}\n")
            .append(SHEET)
            .append("</style>");
  }
}
