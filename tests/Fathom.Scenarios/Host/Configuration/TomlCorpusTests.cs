using System.Globalization;
using System.Text.Json;
using Fathom.Domain;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Scenarios.Host.Configuration;

/// <summary>The official conformance corpus of TOML (toml-test), in the version of the language that we read: 1.0.</summary>
public class TomlCorpusTests
{
    private static readonly string Corpus = Path.Combine(Places.Data, "toml-test");

    [Fact]
    public void Every_valid_file_has_the_values_that_the_corpus_states()
    {
        foreach (string file in FilesOf("valid/"))
        {
            TomlTable table = TomlReader.Read(File.ReadAllBytes(Path.Combine(Corpus, file)), file);
            using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus, Path.ChangeExtension(file, ".json"))));
            AssertSame(expected.RootElement, table, file);
        }
    }

    [Fact]
    public void Every_invalid_file_is_refused_at_a_place_in_it()
    {
        foreach (string file in FilesOf("invalid/"))
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(Corpus, file));
            Exception? refusal = Record.Exception(() => TomlReader.Read(bytes, file));
            string place = refusal is InputException wrong ? wrong.Subject : refusal?.ToString() ?? "was read";
            Assert.True(place.StartsWith(file + ":", StringComparison.Ordinal), $"{file}: {place}");
        }
    }

    [Fact]
    public void Mutations_of_the_corpus_are_read_or_refused()
    {
        byte[][] files = [.. FilesOf("").Where(file => file.EndsWith(".toml", StringComparison.Ordinal)).Select(file => File.ReadAllBytes(Path.Combine(Corpus, file)))];
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            byte[] bytes = [.. files[random.Next(files.Length)]];
            byte[] donor = files[random.Next(files.Length)];
            for (int edits = random.Next(1, 6); edits > 0 && bytes.Length > 0; edits--) bytes = Mutate(bytes, donor, random);
            Exception? refusal = Record.Exception(() => TomlReader.Read(bytes, "fuzz.toml"));
            Assert.True(refusal is null or InputException, $"seed {seed}: {refusal}");
        }
    }

    private static byte[] Mutate(byte[] bytes, byte[] donor, Random random)
    {
        int at = random.Next(bytes.Length + 1);
        int length = random.Next(0, Math.Min(32, donor.Length + 1));
        int from = random.Next(0, donor.Length - length + 1);
        int skip = random.Next(0, Math.Min(8, bytes.Length - at + 1));
        byte[] piece = random.Next(3) == 0 ? [(byte)random.Next(256)] : donor[from..(from + length)];
        return [.. bytes[..at], .. piece, .. bytes[(at + skip)..]];
    }

    private static List<string> FilesOf(string folder)
    {
        string list = Path.Combine(Corpus, "files-toml-1.0.0");
        if (!File.Exists(list)) Assert.Skip($"needs toml-test/files-toml-1.0.0 in the folder named by FATHOM_DATA (looked for {list})");
        List<string> files = [.. File.ReadLines(list).Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".toml", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        return files;
    }

    private static void AssertSame(JsonElement expected, TomlNode found, string path)
    {
        switch (found)
        {
            case TomlTable table:
                Assert.True(expected.ValueKind == JsonValueKind.Object, path);
                Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal), table.Entries.Keys.Order(StringComparer.Ordinal));
                foreach (JsonProperty entry in expected.EnumerateObject()) AssertSame(entry.Value, table.Entries[entry.Name], $"{path}/{entry.Name}");
                break;
            case TomlArray array:
                Assert.True(expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == array.Items.Count, path);
                for (int i = 0; i < array.Items.Count; i++) AssertSame(expected[i], array.Items[i], $"{path}/{i}");
                break;
            case TomlScalar scalar:
                Assert.True(expected.ValueKind == JsonValueKind.Object, path);
                Assert.Equal((path, expected.GetProperty("type").GetString()), (path, TypeOf(scalar.Kind)));
                string value = expected.GetProperty("value").GetString()!;
                Assert.Equal((path, Normal(scalar.Kind, value)), (path, Normal(scalar.Kind, scalar.Text)));
                break;
        }
    }

    /// <summary>The corpus compares floats by value, and fractions of a second without trailing zeros.</summary>
    private static string Normal(TomlKind kind, string value) => kind switch
    {
        TomlKind.Float when value.TrimStart('-') is "inf" or "nan" => value,
        TomlKind.Float => double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        TomlKind.OffsetDateTime or TomlKind.LocalDateTime or TomlKind.LocalTime when value.IndexOf('.', StringComparison.Ordinal) is > 0 and int point =>
            value[..point] + WithoutTrailingZeros(value[point..]),
        _ => value,
    };

    private static string TypeOf(TomlKind kind) => kind switch
    {
        TomlKind.String => "string",
        TomlKind.Integer => "integer",
        TomlKind.Float => "float",
        TomlKind.Boolean => "bool",
        TomlKind.OffsetDateTime => "datetime",
        TomlKind.LocalDateTime => "datetime-local",
        TomlKind.LocalDate => "date-local",
        _ => "time-local",
    };

    /// <summary>".600+08:00" becomes ".6+08:00".</summary>
    private static string WithoutTrailingZeros(string fraction)
    {
        int end = 1;
        while (end < fraction.Length && char.IsAsciiDigit(fraction[end])) end++;
        return fraction[..end].TrimEnd('0').TrimEnd('.') + fraction[end..];
    }
}
