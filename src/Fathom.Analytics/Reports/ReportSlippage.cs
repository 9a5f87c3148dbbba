using System.Text.Json;
using Fathom.Analytics.PostTrade;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>The implementation shortfall as JSON, in the summary and in a report alike.</summary>
public static class ReportSlippage
{
    /// <summary>An array of what is given.</summary>
    /// <param name="symbol">Of an instrument.</param>
    public static void Write(Utf8JsonWriter json, IEnumerable<StrategySlippage> slippage, Func<InstrumentId, string> symbol, Func<ushort, string>? strategy = null)
    {
        json.WriteStartArray("slippage");
        foreach (StrategySlippage sum in slippage)
        {
            json.WriteStartObject();
            if (strategy is not null) json.WriteString("strategy", strategy(sum.Strategy));
            json.WriteString("instrument", symbol(sum.Instrument));
            json.WriteString("currency", sum.Currency.ToString());
            json.WriteNumber("orders", sum.Orders);
            if (sum.Unpriced > 0) json.WriteNumber("unpriced", sum.Unpriced);
            json.WriteString("filled", sum.Filled.ToString());
            json.WriteNumberOrNull("decision_bps", sum.DecisionBps);
            json.WriteNumberOrNull("arrival_bps", sum.ArrivalBps);
            json.WriteString("delay", ReportNumbers.Money(sum.Delay));
            json.WriteString("trading", ReportNumbers.Money(sum.Trading));
            json.WriteString("opportunity", ReportNumbers.Money(sum.Opportunity));
            json.WriteString("fees", ReportNumbers.Money(sum.Fees));
            json.WriteString("total", ReportNumbers.Money(sum.Total));
            json.WriteNumberOrNull("total_bps", sum.TotalBps);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
