using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Host.Sessions;

namespace Fathom.Host.Runs;

/// <summary>Emergency liquidations of a run, in its summary: only where there were any.</summary>
internal static class RiskJson
{
    public static void Write(Utf8JsonWriter json, BacktestResult result)
    {
        if (result.Run.Liquidations.Count > 0) WriteLiquidations(json, result);
    }

    /// <summary>Name of the strategy that is concerned; null where all are.</summary>
    public static string? StrategyOf(ushort strategy, RunSummary run) => strategy == KillSwitch.All ? null : run.Strategies[strategy].Name;

    /// <summary>Symbol of the instrument that is concerned; null where all are.</summary>
    public static string? SymbolOf(InstrumentId instrument, BacktestResult result) => instrument.IsNone ? null : result.Instruments[instrument.Index].Symbol.ToString();

    private static void WriteLiquidations(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartArray("liquidations");
        foreach (LiquidationSummary liquidation in result.Run.Liquidations)
        {
            json.WriteStartObject();
            json.WriteString("strategy", StrategyOf(liquidation.Strategy, result.Run));
            json.WriteString("instrument", SymbolOf(liquidation.Instrument, result));
            json.WriteString("reason", Words.Of(liquidation.Reason));
            json.WriteString("began", liquidation.Began.ToString());
            json.WriteString("ended", liquidation.Ended.IsNone ? null : liquidation.Ended.ToString());
            json.WriteString("from", liquidation.Start.ToString());
            json.WriteString("keep", liquidation.Keep.ToString());
            json.WriteString("left", liquidation.Left.ToString());
            json.WriteNumber("orders", liquidation.Orders);
            json.WriteString("obstacle", liquidation.Obstacle == LiquidationObstacle.None ? null : Words.Of(liquidation.Obstacle));
            if (liquidation.RejectReason != ReasonCode.None) json.WriteString("reject_reason", Words.Of(liquidation.RejectReason));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
