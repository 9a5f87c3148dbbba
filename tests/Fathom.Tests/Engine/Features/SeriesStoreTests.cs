using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Features;

namespace Fathom.Tests.Engine.Features;

public class SeriesStoreTests
{
    private static readonly string[] Keys = ["", "CL", "NG", "Größe"];

    /// <summary>The twin keeps all points of a key and looks for the newest each time.</summary>
    [Fact]
    public void The_newest_point_of_a_key_is_the_one_of_the_latest_time_and_of_one_time_the_last_that_came()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            SeriesStore store = Store();
            Dictionary<(int, string), List<(long Time, double Value)>> known = [];
            for (int step = 0; step < 60; step++)
            {
                int series = random.Next(2);
                string key = Keys[random.Next(Keys.Length)];
                long time = random.Next(8);
                store.Apply(Point(series, key, time, step));
                Assert.Equal((key, time, step), (store.Arrived.Key, store.Arrived.Time.Nanos, store.Arrived.Values[0]));
                if (!known.TryGetValue((series, key), out var points)) known.Add((series, key), points = []);
                points.Add((time, step));
                foreach (((int at, string of), var all) in known)
                {
                    Assert.True(store.TryNewest(at == 0 ? "sentiment" : "weather", of, out SeriesUpdate newest), $"seed {seed}, step {step}");
                    (long newestTime, double value) = all.Where(point => point.Time == all.Max(other => other.Time)).Last();
                    Assert.Equal((newestTime, value, of, seed, step), (newest.Time.Nanos, newest.Values[0], newest.Key, seed, step));
                }
            }
        }
    }

    [Fact]
    public void An_update_knows_its_names_and_what_is_missing()
    {
        SeriesStore store = Store();
        store.Apply(Point(0, "CL", 5, 1.5));
        SeriesUpdate update = store.Arrived;
        Assert.Equal(("sentiment", "CL", 5L, 6L), (update.Name, update.Key, update.Time.Nanos, update.AvailableAt.Nanos));
        Assert.Equal(["score", "count"], update.ValueNames.ToArray());
        Assert.Equal([1.5, double.NaN], update.Values.ToArray());
        Assert.Equal((1.5, double.NaN), (update["score"], update["count"]));
        Assert.Contains("it has score, count", Assert.Throws<ArgumentException>(() => store.Arrived["sore"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_without_a_point_is_not_there_and_a_series_without_a_definition_is_a_mistake()
    {
        SeriesStore store = Store();
        Assert.False(store.TryNewest("sentiment", "CL", out _));
        Assert.False(store.TryNewest("sentiment", "a key that is longer than any key can be", out _));
        Assert.Contains("there are: sentiment, weather", Assert.Throws<ArgumentException>(() => store.TryNewest("sentment", "", out _)).Message, StringComparison.Ordinal);
        Assert.Contains("there are: none", Assert.Throws<ArgumentException>(() => new SeriesStore().TryNewest("x", "", out _)).Message, StringComparison.Ordinal);
        Assert.Equal((true, false, false), (store.Contains("weather"), store.Contains("wether"), store.Contains("a name that is longer than any name can be")));
    }

    [Fact]
    public void Definitions_are_numbered_and_named_apart_and_come_before_their_points()
    {
        Assert.Throws<InvariantException>(() => new SeriesStore().Define(Definition(1, "a")));
        Assert.Throws<InvariantException>(() => Store().Define(Definition(2, "weather")));
        Assert.Throws<InvariantException>(() => Store().Define(Definition(2, "")));
        Assert.Throws<InvariantException>(() => Store().Apply(Point(2, "", 1, 1)));
        SeriesDefinition empty = Definition(2, "x");
        empty.ValueCount = 0;
        Assert.Throws<InvariantException>(() => Store().Define(in empty));
    }

    [Fact]
    public void A_further_point_and_a_look_at_it_allocate_nothing()
    {
        SeriesStore store = Store();
        double sum = 0;
        SeriesObservation point = Point(0, "CL", 1, 1);
        store.Apply(in point);
        long allocated = Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                store.Apply(in point);
                sum += store.Arrived["score"];
                if (store.TryNewest("sentiment", "CL", out SeriesUpdate newest)) sum += newest.Values[0];
            }
        });
        Assert.Equal((0, true), (allocated, sum >= 2_000));
    }

    private static SeriesStore Store()
    {
        SeriesStore store = new();
        store.Define(Definition(0, "sentiment"));
        store.Define(Definition(1, "weather"));
        return store;
    }

    internal static SeriesDefinition Definition(int number, string name)
    {
        SeriesDefinition definition = new()
        {
            Header = MessageHeader.Create<SeriesDefinition>(MessageType.SeriesDefined, 0, InstrumentId.None, Timestamp.None, Timestamp.None),
            Series = (ushort)number,
            ValueCount = 2,
            Name = NameText.From(name),
        };
        definition.ValueNames[0] = NameText.From("score");
        definition.ValueNames[1] = NameText.From("count");
        return definition;
    }

    /// <summary>Known a nanosecond after its time unless stated; its second value is missing.</summary>
    internal static SeriesObservation Point(int series, string key, long time, double score, long? available = null)
    {
        SeriesObservation point = new()
        {
            Header = MessageHeader.Create<SeriesObservation>(MessageType.SeriesPoint, 0, InstrumentId.None, new Timestamp(time), new Timestamp(available ?? time + 1)),
            Series = (ushort)series,
            Key = NameText.From(key),
        };
        (point.Values[0], point.Values[1]) = (score, double.NaN);
        return point;
    }
}
