using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Engine.Decisions;

namespace Fathom.Tests.Engine.Decisions;

public class KeyValueStoreTests
{
    /// <summary>The twin is a dictionary of objects; what a store carries over through messages is the same store again.</summary>
    [Fact]
    public void It_keeps_what_was_set_last_in_order_of_the_keys_and_carries_it_over()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            KeyValueStore store = new();
            SortedDictionary<string, object> twin = new(StringComparer.Ordinal);
            for (int step = 0; step < 80; step++)
            {
                string key = Text(random, 1, 8);
                switch (random.Next(5))
                {
                    case 0: store.Set(key, (double)(twin[key] = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))); break;
                    case 1: store.Set(key, (long)(twin[key] = random.NextInt64(long.MinValue, long.MaxValue))); break;
                    case 2: store.Set(key, (bool)(twin[key] = random.Next(2) == 0)); break;
                    case 3: store.Set(key, (string)(twin[key] = Text(random, 0, 16))); break;
                    default: Assert.Equal(twin.Remove(key), store.Remove(key)); break;
                }
            }
            KeyValueStore carried = new();
            foreach ((string key, StoredValue value) in store)
            {
                ContextValue message = value.ToMessage(3, key);
                Assert.Equal((3, MessageType.ContextValue, true), (message.Strategy, message.Header.Type, message.Header.ReceiveTime.IsNone));
                carried.Take(in message);
            }
            Assert.True(twin.Keys.SequenceEqual(store.Select(pair => pair.Key)), $"seed {seed}");
            foreach (KeyValueStore one in new[] { store, carried })
            {
                Assert.Equal(twin.Count, one.Count);
                foreach ((string key, object value) in twin) Assert.True(Holds(one, key, value), $"seed {seed}: '{key}' is not {value}");
            }
        }
    }

    [Fact]
    public void A_value_is_read_as_what_it_is_and_a_whole_number_as_a_double_too()
    {
        KeyValueStore store = new();
        store.Set("whole", 5);
        store.Set("real", 2.5);
        store.Set("text", "5");
        Assert.True(store.TryGet("whole", out double real) && real == 5);
        Assert.False(store.TryGet("real", out long _));
        Assert.False(store.TryGet("text", out real));
        Assert.True(double.IsNaN(real));
        Assert.False(store.TryGet("whole", out bool _));
        Assert.False(store.TryGet("nothing", out string text));
        Assert.Equal("", text);
        store.Set("text", true);
        Assert.True(store.TryGet("text", out bool flag) && flag && store.Contains("text"));
        store.Clear();
        Assert.Empty(store);
    }

    [Theory]
    [InlineData("", false, true)]
    [InlineData("a", true, true)]
    [InlineData("12345678901234567890123456789012", true, true)]
    [InlineData("123456789012345678901234567890123", false, true)]
    [InlineData("ääääääääääääääää", true, true)]
    [InlineData("äääääääääääääääää", false, true)]
    [InlineData("ääääääääääääääääääääääääääääääää!", false, false)]
    [InlineData("a\0b", false, false)]
    public void What_does_not_come_back_from_its_bytes_is_refused(string text, bool isKey, bool isText)
    {
        KeyValueStore store = new();
        Assert.Equal((isKey, isText), (KeyValueStore.IsKey(text), KeyValueStore.IsText(text)));
        Assert.Equal(isKey, Record.Exception(() => store.Set(text, 1)) is null);
        Assert.Equal(isText, Record.Exception(() => store.Set("key", text)) is null);
        Assert.Equal((isKey ? 1 : 0) + (isText ? 1 : 0), store.Count);
    }

    [Fact]
    public void Half_a_character_is_refused() => What_does_not_come_back_from_its_bytes_is_refused("half " + (char)0xD800, isKey: false, isText: false);      // attributes cannot hold one

    [Fact]
    public void It_holds_1024_keys_and_says_so()
    {
        KeyValueStore store = new();
        for (int i = 0; i < 1_024; i++) store.Set($"{i}", i);
        store.Set("7", 8);
        Assert.Contains("at most 1024 keys, and 'more'", Assert.Throws<InvalidOperationException>(() => store.Set("more", 1)).Message, StringComparison.Ordinal);
        store.Remove("7");
        store.Set("more", 1);
    }

    [Fact]
    public void A_message_without_a_kind_is_no_value()
    {
        ContextValue message = new() { Header = ContextValue.NewHeader(), Key = NameText.From("a") };
        Assert.Throws<InvariantException>(() => new KeyValueStore().Take(in message));
    }

    [Fact]
    public void Writing_to_a_known_key_and_reading_it_allocate_nothing()
    {
        KeyValueStore store = new();
        store.Set("count", 0L);
        store.Set("name", "x");
        long seen = 0;
        long allocated = Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                store.Set("count", (long)i);
                store.Set("name", "y");
                if (store.TryGet("count", out long count) && store.TryGet("name", out string name)) seen += count + name.Length;
            }
        });
        Assert.Equal((0, true), (allocated, seen > 0));
    }

    private static bool Holds(KeyValueStore store, string key, object value) => value switch
    {
        double real => store.TryGet(key, out double found) && BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(real),
        long whole => store.TryGet(key, out long found) && found == whole,
        bool flag => store.TryGet(key, out bool found) && found == flag,
        string text => store.TryGet(key, out string found) && found == text,
        _ => false,
    };

    private static string Text(Random random, int min, int max) => string.Concat(Enumerable.Range(0, random.Next(min, max + 1)).Select(_ => "aBé𝄞".EnumerateRunes().ElementAt(random.Next(4)).ToString()));
}
