using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;

namespace Fathom.Host.Runs;

/// <summary>What the strategies of a run stored beyond its end, as <c>context.csv</c>: a row per value with the strategy's name, key, kind and value.</summary>
public static class ContextFile
{
    private static readonly string[] Columns = ["strategy", "key", "kind", "value"];

    private static readonly ContextValueKind[] Kinds = [ContextValueKind.Double, ContextValueKind.Long, ContextValueKind.Text, ContextValueKind.Bool];

    /// <summary>Writes the file when something is stored; else one that an earlier run left there goes, so that nobody takes it for this run's.</summary>
    /// <param name="strategies">Names by number.</param>
    public static void Write(RunFolder folder, TradingEngine engine, IReadOnlyList<string> strategies)
    {
        Collected stored = new();
        engine.WriteCarryOver(stored);
        if (stored.Values.Count == 0)
        {
            folder.Remove(RunFolder.Context);
            return;
        }
        using CsvFile csv = CsvFile.Create(folder.PathOf(RunFolder.Context), Columns);
        foreach (ContextValue value in stored.Values)
        {
            csv.Add(strategies[value.Strategy]);
            csv.Add(value.Key.ToString());
            csv.Add(Words.Of(value.Kind));
            csv.Add(TextOf(in value));
            csv.EndRow();
        }
        csv.Complete();
    }

    /// <summary>The values that a strategy stored, for the strategy that takes them on.</summary>
    /// <param name="strategy">Its name, in the file and now.</param>
    /// <param name="number">Its number now.</param>
    /// <exception cref="InputException">The file is none of these, or knows nothing of the strategy.</exception>
    public static List<ContextValue> Read(string path, string strategy, ushort number)
    {
        using CsvReader csv = CsvReader.Open(path, "the context.csv of an earlier run");
        int[] columns = [.. Columns.Select(csv.Column)];
        List<ContextValue> values = [];
        SortedSet<string> names = new(StringComparer.Ordinal), keys = new(StringComparer.Ordinal);
        while (csv.Read())
        {
            string owner = csv[columns[0]];
            names.Add(owner);
            if (owner != strategy) continue;
            ContextValue value = ValueIn(csv, columns, number);
            if (!keys.Add(csv[columns[1]])) throw csv.Wrong(columns[1], "each key of a strategy once", "Remove one of the two rows.");
            if (keys.Count > KeyValueStore.CountMax) throw csv.Wrong(columns[1], $"at most {KeyValueStore.CountMax} keys of a strategy", "Remove what is no longer needed.");
            values.Add(value);
        }
        if (values.Count > 0) return values;
        throw new InputException(path, $"nothing of a strategy '{strategy}'", names.Count == 0 ? "rows" : $"one of {string.Join(", ", names)}",
            "Give the strategy the id that it had in that run, or leave its context out.");
    }

    private static ContextValue ValueIn(CsvReader csv, int[] columns, ushort number)
    {
        string key = csv[columns[1]], value = csv[columns[3]];
        if (!KeyValueStore.IsKey(key)) throw csv.Wrong(columns[1], $"a key of 1 to {NameText.Length} bytes", "Correct it.");
        ContextValueKind kind = Kinds.FirstOrDefault(kind => Words.Of(kind) == csv[columns[2]]);
        ContextValue message = new() { Header = ContextValue.NewHeader(), Strategy = number, Kind = kind, Key = NameText.From(key) };
        switch (kind)
        {
            case ContextValueKind.Double when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double real):
                message.Bits = BitConverter.DoubleToInt64Bits(real);
                return message;
            case ContextValueKind.Long when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out message.Bits):
                return message;
            case ContextValueKind.Bool when value is "true" or "false":
                message.Bits = value == "true" ? 1 : 0;
                return message;
            case ContextValueKind.Text when KeyValueStore.IsText(value) && ContextText.TryFrom(value, out message.Text):
                return message;
            case ContextValueKind.None:
                throw csv.Wrong(columns[2], $"one of {string.Join(", ", Kinds.Select(Words.Of))}", "Correct it.");
            default:
                throw csv.Wrong(columns[3], kind == ContextValueKind.Text ? $"a text of at most {ContextText.Length} bytes" : $"a {Words.Of(kind)}", "Correct it, or the row's kind.");
        }
    }

    private static string TextOf(in ContextValue value) => value.Kind switch
    {
        ContextValueKind.Double => BitConverter.Int64BitsToDouble(value.Bits).ToString("R", CultureInfo.InvariantCulture),
        ContextValueKind.Long => value.Bits.ToString(CultureInfo.InvariantCulture),
        ContextValueKind.Bool => value.Bits != 0 ? "true" : "false",
        _ => value.Text.ToString(),
    };

    private sealed class Collected : IMessageSink
    {
        public List<ContextValue> Values { get; } = [];

        public void Write(ReadOnlySpan<byte> messages)
        {
            if (Messages.Header(messages).Type == MessageType.ContextValue) Values.Add(Messages.As<ContextValue>(messages));
        }
    }
}
