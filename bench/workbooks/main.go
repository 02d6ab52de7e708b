// Writes the table of table.json by excelize: go run . FOLDER
package main

import (
	"encoding/json"
	"os"
	"time"

	"github.com/xuri/excelize/v2"
)

func main() {
	folder := os.Args[1]
	content, err := os.ReadFile(folder + "/table.json")
	check(err)
	var rows [][]any
	check(json.Unmarshal(content, &rows))
	book := excelize.NewFile()
	for i, row := range rows {
		for j, cell := range row {
			place, err := excelize.CoordinatesToCellName(j+1, i+1)
			check(err)
			if object, ok := cell.(map[string]any); ok {
				if formula, ok := object["formula"].(string); ok {
					check(book.SetCellFormula("Sheet1", place, formula))
					continue
				}
				day, err := time.Parse("2006-01-02", object["day"].(string))
				check(err)
				cell = day
			}
			check(book.SetCellValue("Sheet1", place, cell))
		}
	}
	check(book.SaveAs(folder + "/excelize.xlsx"))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
