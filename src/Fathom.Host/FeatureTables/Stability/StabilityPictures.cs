using System.Globalization;
using System.Net;
using System.Text;
using Fathom.Analytics.Statistics;

namespace Fathom.Host.FeatureTables.Stability;

/// <summary>Drawings of one column, and of how columns go together, as SVG whose colours are the page's.</summary>
internal static class StabilityPictures
{
    private const int Width = 300, Height = 84, Bars = 36, PointsMax = 300;
    private const double Inset = 2, Cell = 13, Shown = 0.998;

    /// <summary>How often which values are there; the outermost 0.1 % at each end lie in the outermost bars.</summary>
    public static void AppendHistogram(StringBuilder page, double[] values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        if (sorted.Length == 0)
        {
            AppendNothing(page);
            return;
        }
        double low = Quantiles.Of(sorted, (1 - Shown) / 2), high = Quantiles.Of(sorted, (1 + Shown) / 2);
        int bars = high > low ? Bars : 1;
        int[] counts = new int[bars];
        foreach (double value in sorted) counts[bars == 1 ? 0 : Math.Clamp((int)((value - low) / (high - low) * bars), 0, bars - 1)]++;
        Open(page, "histogram");
        double wide = (Width - 2 * Inset) / bars;
        for (int bar = 0; bar < bars; bar++)
        {
            double tall = (Height - 2 * Inset) * counts[bar] / counts.Max();
            if (counts[bar] > 0) page.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar\" x=\"{Inset + bar * wide:0.##}\" y=\"{Height - Inset - tall:0.##}\" width=\"{Math.Max(wide - 0.8, 0.4):0.##}\" height=\"{Math.Max(tall, 0.6):0.##}\"/>");
        }
        page.Append("</svg>");
        AppendEnds(page, Short(low), Short(high));
    }

    /// <summary>The column over its rows: between the lowest and the highest of neighbouring ones, and their mean.</summary>
    public static void AppendLine(StringBuilder page, double[] values, string first, string last)
    {
        int points = Math.Min(values.Length, PointsMax);
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        if (sorted.Length == 0)
        {
            AppendNothing(page);
            return;
        }
        double low = sorted[0], high = sorted[^1];
        double X(int point) => Inset + (points == 1 ? 0 : (double)point / (points - 1)) * (Width - 2 * Inset);
        double Y(double value) => high > low ? Height - Inset - (value - low) / (high - low) * (Height - 2 * Inset) : Height / 2.0;
        Open(page, "line over time");
        StringBuilder line = new();
        bool isDown = false;
        for (int point = 0; point < points; point++)
        {
            double[] known = [.. values[(int)((long)point * values.Length / points)..(int)((point + 1L) * values.Length / points)].Where(value => !double.IsNaN(value))];
            if (known.Length == 0)
            {
                isDown = false;
                continue;
            }
            if (known.Length > 1) page.Append(CultureInfo.InvariantCulture, $"<path class=\"range\" d=\"M{X(point):0.##} {Y(known.Min()):0.##}V{Y(known.Max()):0.##}\"/>");
            line.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{X(point):0.##} {Y(known.Average()):0.##}");
            isDown = true;
        }
        page.Append(CultureInfo.InvariantCulture, $"<path class=\"curve\" d=\"{line}\"/></svg>");
        AppendEnds(page, first, last);
    }

    /// <summary>Autocorrelations, with the band in which 95 % of those of independent values lie.</summary>
    public static void AppendAutocorrelation(StringBuilder page, ColumnStability column)
    {
        if (column.Autocorrelations.All(double.IsNaN))
        {
            AppendNothing(page);
            return;
        }
        double middle = Height / 2.0, scale = middle - Inset, wide = (Width - 2 * Inset) / column.Autocorrelations.Count, band = 1.96 / Math.Sqrt(column.Known);
        Open(page, "autocorrelation");
        if (band < 1) page.Append(CultureInfo.InvariantCulture, $"<rect class=\"band\" x=\"0\" y=\"{middle - band * scale:0.##}\" width=\"{Width}\" height=\"{2 * band * scale:0.##}\"/>");
        page.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M0 {middle}H{Width}\"/>");
        for (int i = 0; i < column.Autocorrelations.Count; i++)
        {
            double value = column.Autocorrelations[i];
            if (double.IsNaN(value)) continue;
            double tall = Math.Max(Math.Abs(value) * scale, 0.6);
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar\" x=\"{Inset + i * wide + wide / 4:0.##}\" y=\"{(value > 0 ? middle - tall : middle):0.##}\" width=\"{wide / 2:0.##}\" height=\"{tall:0.##}\"><title>lag {i + 1}: {value:0.000}</title></rect>");
        }
        page.Append("</svg>");
        AppendEnds(page, "lag 1", string.Create(CultureInfo.InvariantCulture, $"lag {column.Autocorrelations.Count}"));
    }

    /// <summary>Correlations of all columns; a cell says its own when the pointer rests on it.</summary>
    public static void AppendHeatMap(StringBuilder page, InstrumentStability instrument)
    {
        int count = instrument.Columns.Count;
        double left = 10 + 7 * (3 + instrument.Columns.Max(column => column.Name.Length)), top = 30;      // a letter is less than 7 wide
        page.Append(CultureInfo.InvariantCulture, $"<svg class=\"map\" width=\"{left + count * Cell + 4:0}\" height=\"{top + count * Cell + 4:0}\" role=\"img\" aria-label=\"correlations\">");
        for (int i = 0; i < count; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 6:0}\" y=\"{top + i * Cell + 10:0}\" text-anchor=\"end\">{i + 1} {Text(instrument.Columns[i].Name)}</text>");
            page.Append(CultureInfo.InvariantCulture, $"<text class=\"number\" x=\"{left + i * Cell + Cell / 2:0.#}\" y=\"{top - 5 - (i % 2) * 10:0}\" text-anchor=\"middle\">{i + 1}</text>");
            for (int j = 0; j < count; j++)
            {
                double value = instrument.Correlations[i, j];
                string kind = double.IsNaN(value) ? "unknown" : value >= 0 ? "plus" : "minus";
                page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{left + j * Cell:0.#}\" y=\"{top + i * Cell:0.#}\" width=\"{Cell - 1}\" height=\"{Cell - 1}\"{(double.IsNaN(value) ? "" : string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{Math.Max(Math.Abs(value), 0.03):0.##}\""))}>");
                page.Append(CultureInfo.InvariantCulture, $"<title>{Text(instrument.Columns[i].Name)}, {Text(instrument.Columns[j].Name)}: {(double.IsNaN(value) ? "not known" : value.ToString("0.000", CultureInfo.InvariantCulture))}</title></rect>");
            }
        }
        page.Append("</svg>");
    }

    /// <summary>Five digits.</summary>
    public static string Short(double value) => double.IsNaN(value) ? "" : value.ToString("G5", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E+0", "e", StringComparison.Ordinal).Replace('E', 'e').Replace('-', '−');

    private static void Open(StringBuilder page, string name) =>
        page.Append(CultureInfo.InvariantCulture, $"<svg class=\"picture\" viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{name}\">");

    private static void AppendEnds(StringBuilder page, string left, string right) => page.Append(CultureInfo.InvariantCulture, $"<div class=\"ends\"><span>{Text(left)}</span><span>{Text(right)}</span></div>");

    private static void AppendNothing(StringBuilder page) => page.Append("<div class=\"nothing\">nothing to show</div>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
