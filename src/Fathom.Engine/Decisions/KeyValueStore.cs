using System.Buffers;
using System.Collections;
using System.Text.Unicode;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Decisions;

/// <summary>
/// What a strategy wants to keep beyond the session: numbers, texts and truths by name. A session roll hands it on to the next session, which has it before
/// <see cref="Strategy.OnStart"/>; fields of the strategy are rebuilt from the data. Changes take effect at once. Listed in ordinal order of the keys.
/// </summary>
/// <remarks>Keys have 1 to 32 bytes of UTF-8, texts up to 64, neither a NUL or half a character; 1,024 keys at most. Writing again to a known key allocates nothing.</remarks>
public sealed class KeyValueStore : IEnumerable<KeyValuePair<string, StoredValue>>
{
    /// <summary>More keys are a strategy that keeps data, not state: it has to be small enough to be handed on and looked through.</summary>
    public const int CountMax = 1_024;

    private readonly SortedDictionary<string, StoredValue> _values = new(StringComparer.Ordinal);

    public int Count => _values.Count;

    /// <exception cref="ArgumentException">The key is not one.</exception>
    /// <exception cref="InvalidOperationException">The store is full.</exception>
    public void Set(string key, double value) => Put(key, StoredValue.Of(value));

    /// <inheritdoc cref="Set(string, double)"/>
    public void Set(string key, long value) => Put(key, StoredValue.Of(value));

    /// <inheritdoc cref="Set(string, double)"/>
    public void Set(string key, bool value) => Put(key, StoredValue.Of(value));

    /// <inheritdoc cref="Set(string, double)"/>
    /// <exception cref="ArgumentException">The key is not one, or the text is longer than 64 bytes or holds a NUL or half a character.</exception>
    public void Set(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsText(value)) throw new ArgumentException($"A text of the store has at most {ContextText.Length} bytes of UTF-8, no NUL and no half character; '{key}' is given '{value}'.", nameof(value));
        Put(key, StoredValue.Of(value));
    }

    /// <summary>False when there is no such key, or it holds something else. A whole number is read as a double too.</summary>
    public bool TryGet(string key, out double value)
    {
        bool isThere = _values.TryGetValue(key, out StoredValue stored) && stored.Kind is ContextValueKind.Double or ContextValueKind.Long;
        value = isThere ? stored.Kind == ContextValueKind.Long ? stored.AsLong : stored.AsDouble : double.NaN;
        return isThere;
    }

    /// <summary>False when there is no such key, or it holds something else.</summary>
    public bool TryGet(string key, out long value)
    {
        bool isThere = TryGet(key, ContextValueKind.Long, out StoredValue stored);
        value = isThere ? stored.AsLong : 0;
        return isThere;
    }

    /// <inheritdoc cref="TryGet(string, out long)"/>
    public bool TryGet(string key, out bool value)
    {
        value = TryGet(key, ContextValueKind.Bool, out StoredValue stored) && stored.AsBool;
        return stored.Kind == ContextValueKind.Bool;
    }

    /// <inheritdoc cref="TryGet(string, out long)"/>
    public bool TryGet(string key, out string value)
    {
        bool isThere = TryGet(key, ContextValueKind.Text, out StoredValue stored);
        value = isThere ? stored.AsText : "";
        return isThere;
    }

    /// <summary>Whether there is such a key, whatever it holds.</summary>
    public bool Contains(string key) => _values.ContainsKey(key);

    /// <summary>False when there was no such key.</summary>
    public bool Remove(string key) => _values.Remove(key);

    public void Clear() => _values.Clear();

    public IEnumerator<KeyValuePair<string, StoredValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the text can be a key: 1 to 32 bytes of UTF-8, no NUL and no half character.</summary>
    public static bool IsKey(string text) => text.Length > 0 && Fits(text, NameText.Length);

    /// <summary>Whether the text can be a value: at most 64 bytes of UTF-8, no NUL and no half character.</summary>
    public static bool IsText(string text) => Fits(text, ContextText.Length);

    /// <summary>Takes a value that an earlier session stored.</summary>
    internal void Take(in ContextValue message) => Put(message.Key.ToString(), StoredValue.Of(in message));

    private bool TryGet(string key, ContextValueKind kind, out StoredValue stored)
    {
        if (_values.TryGetValue(key, out stored) && stored.Kind == kind) return true;
        stored = default;
        return false;
    }

    private void Put(string key, StoredValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsKey(key)) throw new ArgumentException($"A key of the store has 1 to {NameText.Length} bytes of UTF-8, no NUL and no half character; found '{key}'.", nameof(key));
        if (_values.Count >= CountMax && !_values.ContainsKey(key)) throw new InvalidOperationException($"The store holds at most {CountMax} keys, and '{key}' would be one more: remove what is no longer needed.");
        _values[key] = value;
    }

    /// <summary>Room and form at once: what does not come back from its bytes as it was is refused here, not found changed in the next session.</summary>
    private static bool Fits(string text, int length)
    {
        Span<byte> bytes = stackalloc byte[ContextText.Length];
        return !text.Contains('\0') && Utf8.FromUtf16(text, bytes[..length], out _, out _, replaceInvalidSequences: false) == OperationStatus.Done;
    }
}
