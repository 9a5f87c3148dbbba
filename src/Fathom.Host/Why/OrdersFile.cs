using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>Reads a run's <c>orders.csv</c>, and holds what a replay publishes to it, row by row.</summary>
internal sealed class OrdersFile : IRunObserver, IDisposable
{
    private static readonly string[] Names = ["client_order_id", "to", "reason", "price", "quantity", "cumulative", "receive_time"];

    private readonly CsvReader _csv;
    private readonly int[] _columns;

    /// <exception cref="InputException">There is none, or it is none.</exception>
    public OrdersFile(string path)
    {
        _csv = Open(path);
        try
        {
            _columns = [.. Names.Select(_csv.Column)];
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    /// <summary>Rows that came out again.</summary>
    public long Compared { get; private set; }

    /// <summary>Where the replay first came to something else; null: nowhere so far.</summary>
    public string? Difference { get; private set; }

    /// <summary>All of a file, in its order.</summary>
    /// <exception cref="InputException">A row that no run wrote.</exception>
    public static IEnumerable<PastEvent> Read(string path)
    {
        using CsvReader csv = Open(path);
        int id = csv.Column("client_order_id"), strategy = csv.Column("strategy"), instrument = csv.Column("instrument"), from = csv.Column("from"), to = csv.Column("to"), time = csv.Column("receive_time");
        while (csv.Read())
        {
            ClientOrderId order = ClientOrderId.None;
            if (csv[id].Length > 0 && !ClientOrderId.TryParse(csv[id], out order)) throw csv.Wrong(id, "the name of an order", "Bring the file back as the run wrote it.");
            if (!long.TryParse(csv[time], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long nanos)) throw csv.Wrong(time, "nanoseconds", "Bring the file back as the run wrote it.");
            bool isDecision = csv[to] is "pending_new" or "pending_replace" or "pending_cancel" or "refused" or "held" || csv[from] == csv[to];
            yield return new PastEvent(order, new Timestamp(nanos), isDecision, csv[strategy], csv[instrument]);
        }
    }

    public void OnOrder(in OrderEvent change)
    {
        if (Difference is not null) return;      // what comes after it follows from it
        string[] replayed =
        [
            change.ClientOrderId.ToString(), Words.Of(change.To), Words.Of(change.Reason), TextOf(change.Price), TextOf(change.Quantity), TextOf(change.Cumulative),
            change.Header.ReceiveTime.IsNone ? "" : change.Header.ReceiveTime.Nanos.ToString(CultureInfo.InvariantCulture),
        ];
        if (!_csv.Read())
        {
            Difference = $"order {replayed[0]} becoming {replayed[1]} behind the last row of orders.csv";
            return;
        }
        for (int i = 0; i < Names.Length; i++)
        {
            if (replayed[i] == _csv[_columns[i]]) continue;
            Difference = $"{Names[i]} '{replayed[i]}' of order {replayed[0]} where orders.csv:{_csv.Line} has '{_csv[_columns[i]]}'";
            return;
        }
        Compared++;
    }

    public void Dispose() => _csv.Dispose();

    private static CsvReader Open(string path) => CsvReader.Open(path, "the orders.csv of a run");

    private static string TextOf(Price price) => price.IsNone ? "" : price.ToString();

    private static string TextOf(Quantity quantity) => quantity.IsNone ? "" : quantity.ToString();
}
