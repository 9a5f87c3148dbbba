using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Host.Sessions;

namespace Fathom.Host.Runs;

/// <summary>Kill switches and emergency liquidations of a run, in its summary: only where there were any.</summary>
internal static class RiskJson
{
    public static void Write(Utf8JsonWriter json, BacktestResult result)
    {
        if (result.Run.KillCount > 0 || result.Run.Kills.Count > 0) WriteKills(json, result);
        if (result.Run.Liquidations.Count > 0) WriteLiquidations(json, result);
    }

    /// <summary>Name of the strategy that is concerned; null where all are.</summary>
    public static string? StrategyOf(ushort strategy, RunSummary run) => strategy == KillSwitch.All ? null : run.Strategies[strategy].Name;

    /// <summary>Symbol of the instrument that is concerned; null where all are.</summary>
    public static string? SymbolOf(InstrumentId instrument, BacktestResult result) => instrument.IsNone ? null : result.Instruments[instrument.Index].Symbol.ToString();

    private static void WriteKills(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteNumber("kill_count", result.Run.KillCount);
        json.WriteStartArray("kills");
        foreach (KillSummary kill in result.Run.Kills)
        {
            json.WriteStartObject();
            json.WriteString("time", kill.Time.ToString());
            json.WriteString("change", kill.IsOn ? "on" : "off");
            json.WriteString("cause", Words.Of(kill.Cause));
            json.WriteString("strategy", StrategyOf(kill.Strategy, result.Run));
            json.WriteString("instrument", SymbolOf(kill.Instrument, result));
            json.WriteBoolean("flatten", kill.Flattens);
            if (kill.Limit != 0 || kill.Found != 0)
            {
                json.WriteNumber("limit", kill.Limit);
                json.WriteNumber("found", kill.Found);
            }
            json.WriteString("reason", kill.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

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
