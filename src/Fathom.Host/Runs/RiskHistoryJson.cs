using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Runs;

/// <summary>What risk did, in a run's summary. Of a run in which it did nothing there is nothing.</summary>
internal static class RiskHistoryJson
{
    private static readonly PositionState[] WorseThanNormal = [.. Enum.GetValues<PositionState>().Where(state => state != PositionState.Normal)];

    /// <param name="owner">Name of a strategy, by its number in outputs.</param>
    /// <param name="symbol">Of an instrument.</param>
    public static void Write(Utf8JsonWriter json, RiskHistory risk, Timestamp first, Timestamp last, Func<ushort, string> owner, Func<InstrumentId, string> symbol)
    {
        if (risk.EventCount + risk.ChangeCount == 0) return;
        json.WriteStartObject("risk");
        WriteCount(json, risk, RiskKind.State, "state_changes");
        WriteReasons(json, risk, RiskKind.Adjustment, "adjustments");
        WriteCount(json, risk, RiskKind.Kill, "kills");
        WriteCount(json, risk, RiskKind.Rearm, "rearms");
        WriteCount(json, risk, RiskKind.Liquidation, "liquidation_orders");
        WriteReasons(json, risk, RiskKind.Exit, "exit_orders");
        WriteReasons(json, risk, RiskKind.Refusal, "refusals");
        json.WriteString("worst_state", Words.Of(risk.Worst));
        WriteTimes(json, risk, Seconds(last - first));
        json.WriteStartArray("kill_switch");
        foreach (RiskEntry entry in risk.Kills) WriteKill(json, entry, owner, symbol);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, RiskHistory risk, RiskKind kind, string name)
    {
        if (risk.Of(kind) is > 0 and long count) json.WriteNumber(name, count);
    }

    private static void WriteReasons(Utf8JsonWriter json, RiskHistory risk, RiskKind kind, string name)
    {
        if (risk.Of(kind) == 0) return;
        json.WriteStartObject(name);
        foreach (RiskCount count in risk.Counts.Where(count => count.Kind == kind)) json.WriteNumber(Words.Of(count.Reason), count.Count);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, RiskHistory risk, double whole)
    {
        json.WriteStartObject("seconds_in_state");
        json.WriteNumber(Words.Of(PositionState.Normal), Math.Max(whole - WorseThanNormal.Sum(state => Seconds(risk.Times[(int)state])), 0));
        foreach (PositionState state in WorseThanNormal) json.WriteNumber(Words.Of(state), Seconds(risk.Times[(int)state]));
        json.WriteEndObject();
    }

    private static void WriteKill(Utf8JsonWriter json, RiskEntry entry, Func<ushort, string> owner, Func<InstrumentId, string> symbol)
    {
        json.WriteStartObject();
        json.WriteString("time", entry.Time.ToString());
        json.WriteBoolean("on", entry.Kind == RiskKind.Kill);
        json.WriteString("scope", Words.Of(entry.Scope));
        if (entry.Strategy != RiskEntry.Account) json.WriteString("strategy", owner(entry.Strategy));
        if (!entry.Instrument.IsNone) json.WriteString("instrument", symbol(entry.Instrument));
        json.WriteString("cause", entry.Measure);
        if (entry.Flattens) json.WriteBoolean("flattens", true);
        if (entry.Threshold.Length > 0) json.WriteString("threshold", entry.Threshold);
        if (entry.Found.Length > 0) json.WriteString("found", entry.Found);
        json.WriteString("reason", entry.Text);
        json.WriteEndObject();
    }

    private static double Seconds(Duration time) => time.Nanos / 1e9;
}
